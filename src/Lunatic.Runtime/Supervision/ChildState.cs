namespace Lunatic.Runtime.Supervision;

/// <summary>What a supervisor does with a child at the moment.</summary>
public enum ChildState
{
    /// <summary>It is being started for the first time, or waits for its turn.</summary>
    Starting,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>Its process was asked to end.</summary>
    Stopping,

    /// <summary>Its process has ended and is started again when the back-off is over.</summary>
    Restarting,

    /// <summary>It is down and stays so, unless it is restarted by hand or with all of its siblings.</summary>
    Stopped,

    /// <summary>It is no child any more: it was removed, was temporary and has ended, or its supervisor has ended.</summary>
    Removed,
}
