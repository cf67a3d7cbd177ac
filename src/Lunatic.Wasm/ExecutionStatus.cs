namespace Lunatic.Wasm;

/// <summary>How a slice of a guest's execution ended.</summary>
public enum ExecutionStatus
{
    /// <summary>The started function returned; its results are there.</summary>
    Completed,

    /// <summary>A host function waits for something; the execution goes on after its results (or a trap) are handed in.</summary>
    Waiting,

    /// <summary>The slice is used up; the execution can go on at once.</summary>
    Preempted,

    /// <summary>The guest trapped; nothing of it can go on.</summary>
    Trapped,

    /// <summary>A host function ended the guest with an exit code.</summary>
    Exited,
}
