namespace Lunatic.Runtime.Supervision;

/// <summary>A supervisor had to restart its children more often than it may, so it stopped them and ended. It is the exception of the supervisor's exit reason.</summary>
public sealed class SupervisorGaveUpException : LunaticException
{
    internal SupervisorGaveUpException(string supervisor, string child, ExitReason childReason, int maxRestarts, TimeSpan period)
        : base($"Supervisor '{supervisor}' gave up: more than {maxRestarts} restarts within {period}. Its child '{child}' ended last: {childReason.Message}", childReason.Exception)
    {
        Supervisor = supervisor;
        Child = child;
        ChildReason = childReason;
    }

    /// <summary>The name of the supervisor.</summary>
    public string Supervisor { get; }

    /// <summary>The name of the child whose end was one too many.</summary>
    public string Child { get; }

    /// <summary>Why that child ended. Where it is a supervisor that gave up as well, the reason's exception says why.</summary>
    public ExitReason ChildReason { get; }
}
