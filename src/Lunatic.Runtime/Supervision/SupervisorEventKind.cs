namespace Lunatic.Runtime.Supervision;

/// <summary>What happened to a child.</summary>
public enum SupervisorEventKind
{
    /// <summary>Its process was started for the first time, or by hand.</summary>
    Started,

    /// <summary>Its process ended by itself, or was killed by somebody else.</summary>
    Ended,

    /// <summary>The supervisor stopped its process.</summary>
    Stopped,

    /// <summary>Its process was started again.</summary>
    Restarted,

    /// <summary>It could not be started.</summary>
    StartFailed,

    /// <summary>Its end was one too many: the supervisor stops all of its children and ends.</summary>
    GaveUp,
}
