namespace Lunatic.Runtime.Inspection;

/// <summary>What a process is at.</summary>
public enum ProcessState
{
    /// <summary>It is in its slice.</summary>
    Running,

    /// <summary>It has something to do and waits for a worker.</summary>
    Ready,

    /// <summary>It waits for a message.</summary>
    Receiving,

    /// <summary>It waits for a time.</summary>
    Sleeping,

    /// <summary>It waits for something else: a socket, a file, the start of a child, a task.</summary>
    Waiting,

    /// <summary>It has ended.</summary>
    Ended,
}
