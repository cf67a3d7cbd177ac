using System.Globalization;

namespace Lunatic.Runtime;

/// <summary>The identity of a process: its environment and its number in there. Never reused.</summary>
/// <param name="EnvironmentId">Number of the environment in its runtime, from 1.</param>
/// <param name="LocalId">Number of the process in its environment, from 1. It is what guests see as a process id.</param>
public readonly record struct ProcessId(long EnvironmentId, long LocalId)
{
    /// <summary>For example <c>1.42</c>: environment 1, process 42.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{EnvironmentId}.{LocalId}");
}
