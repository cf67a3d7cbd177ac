namespace Lunatic.Runtime.Processes;

/// <summary>How a slice of a process ended, if the process did not.</summary>
internal enum SliceOutcome
{
    /// <summary>Nothing to do until a message, a signal or a wake-up arrives. The slice is called again then, and also without need: it must look at what it waits for each time.</summary>
    Waiting,

    /// <summary>There is more to do, but others come first.</summary>
    Yield,
}
