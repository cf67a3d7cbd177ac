namespace Lunatic.Runtime.Distribution;

/// <summary>The answer to a request to another node.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Value">The number of the process that was spawned.</param>
/// <param name="Error">What went wrong, in words for the guest; empty if nothing did.</param>
internal sealed record NodeAnswer(NodeStatus Status, long Value = 0, string Error = "")
{
    /// <summary>The nodes that were found.</summary>
    public IReadOnlyList<long> Nodes { get; init; } = [];
}
