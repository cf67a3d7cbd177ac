namespace Lunatic.Runtime.Tests;

/// <summary>What runs the processes of a test.</summary>
public enum SchedulerKind
{
    Workers,
    Deterministic,
}
