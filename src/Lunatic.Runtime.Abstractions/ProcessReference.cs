namespace Lunatic.Runtime;

/// <summary>A process as it is passed in messages between guests and C# processes: the Rust crate's <c>Process</c> and <c>ProcessRef</c>.</summary>
/// <param name="NodeId">The node, 0 outside of a cluster.</param>
/// <param name="Id">The process's number in its environment: <see cref="ProcessId.LocalId"/>.</param>
public readonly record struct ProcessReference(ulong NodeId, ulong Id)
{
    /// <summary>A reference to a process of the receiver's environment.</summary>
    public ProcessReference(ProcessId process)
        : this(0, (ulong)process.LocalId)
    {
    }
}
