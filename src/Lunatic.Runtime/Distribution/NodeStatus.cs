namespace Lunatic.Runtime.Distribution;

/// <summary>How a request to another node went.</summary>
internal enum NodeStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There is no such process on the node.</summary>
    NoSuchProcess,

    /// <summary>There is no such node.</summary>
    NoSuchNode,

    /// <summary>The node knows no such module.</summary>
    NoSuchModule,

    /// <summary>The node cannot be reached, or the connection broke: it may have been done, or not.</summary>
    Unreachable,

    /// <summary>The node, or whoever knows the nodes, refuses.</summary>
    Refused,
}
