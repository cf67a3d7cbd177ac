namespace Lunatic.Runtime.Distribution;

/// <summary>
/// The way to the other nodes of a cluster, as the host functions of <c>lunatic::distributed</c> use it. What they mean for guests (ids, codes, waits, traps) is theirs; how nodes
/// find and reach each other is the transport's. <see cref="SingleNode"/> is the transport of a runtime by itself.
/// </summary>
/// <remarks>
/// Methods are called by the threads that run processes and do not block; their tasks end soon when they are cancelled. What goes wrong on the way is a
/// <see cref="NodeAnswer"/>; an exception is the trap of the guest that asked. On the other side a transport hands what arrives to the environment of the number that the
/// sender's environment has.
/// </remarks>
internal interface INodeTransport
{
    /// <summary>The number of this node, from 1; 0: it belongs to no cluster, and none of the tasks is ever asked for.</summary>
    long NodeId { get; }

    /// <summary>The nodes that are known, this one among them.</summary>
    IReadOnlyList<long> Nodes { get; }

    /// <summary>The number by which all nodes know a module; 0: they do not.</summary>
    long ModuleIdOf(LunaticModule module);

    /// <summary>Spawns a process on a node: done, with its number, once it exists.</summary>
    Task<NodeAnswer> SpawnAsync(RemoteSpawn request, CancellationToken cancellationToken);

    /// <summary>Sends a data message to a process of a node: done, once that node has it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="process">The process.</param>
    /// <param name="tag">The message's tag.</param>
    /// <param name="data">Its bytes, which do not change any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<NodeAnswer> SendAsync(long node, ProcessId process, long tag, ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Asks for nodes: done, with their numbers in <see cref="NodeAnswer.Nodes"/>.</summary>
    /// <param name="query">The guest's query, as it wrote it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<NodeAnswer> FindNodesAsync(string query, CancellationToken cancellationToken);
}
