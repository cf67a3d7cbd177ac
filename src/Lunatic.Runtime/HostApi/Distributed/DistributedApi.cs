using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Lunatic.Runtime.Distribution;
using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Distributed;

/// <summary>
/// <c>lunatic::distributed</c>, over the runtime's <see cref="INodeTransport"/>. On a runtime by itself there are no other nodes, and what needs one traps, as it does in the
/// reference without a control server. The parts lie in a file each.
/// </summary>
[HostNamespace("lunatic::distributed")]
internal static partial class DistributedApi
{
    /// <summary>Number of known nodes with this one; 0, not distributed.</summary>
    [HostFunction("nodes_count")]
    public static int NodesCount(ProcessContext context) => TransportOf(context).Nodes.Count;

    /// <summary>Writes the ids of up to <paramref name="count"/> nodes and returns how many. Traps on a bad pointer.</summary>
    [HostFunction("get_nodes")]
    public static int GetNodes(ProcessContext context, int pointer, int count) => WriteNodes(context, TransportOf(context).Nodes, pointer, count);

    /// <summary>Id of this node, from 1; 0, not distributed.</summary>
    [HostFunction("node_id")]
    public static long NodeId(ProcessContext context) => TransportOf(context).NodeId;

    /// <summary>The id by which all nodes know the process's module; 0, they do not.</summary>
    [HostFunction("module_id")]
    public static long ModuleId(ProcessContext context) => TransportOf(context).ModuleIdOf(context.Process.Plan.Module);

    /// <summary>
    /// Asks for nodes: 0, the id of what was found and the number of nodes (32 bits) are written; 1, an error's id is. Traps on bad pointers, text that is not UTF-8, and
    /// where there is no cluster.
    /// </summary>
    [HostFunction("exec_lookup_nodes")]
    public static int LookUpNodes(ProcessContext context, int queryPointer, int queryLength, int queryIdPointer, int countPointer, int errorPointer)
    {
        if (!TryGetTransport(context, out INodeTransport? transport)
            || !context.TryReadString(queryPointer, queryLength, "query for nodes", out string query)
            || !context.CanWriteInt64(queryIdPointer)
            || !context.TryGetMemory(countPointer, sizeof(int), out _)
            || !context.CanWriteInt64(errorPointer))
        {
            return 0;
        }
        return NodeOperation.Wait(context, token => transport.FindNodesAsync(query, token), (context, answer) =>
        {
            if (answer.Status is not NodeStatus.Done)
                return context.Fail(errorPointer, ErrorOf(answer));
            if (context.TryGetMemory(countPointer, sizeof(int), out Span<byte> place))
                BinaryPrimitives.WriteInt32LittleEndian(place, answer.Nodes.Count);
            return context.Succeed(queryIdPointer, context.Resources.LookUps.Add(answer.Nodes));
        });
    }

    /// <summary>Writes up to <paramref name="count"/> ids of nodes that a query found and returns how many; what was found is forgotten. -1, there is no such query: an error's id is written.</summary>
    [HostFunction("copy_lookup_nodes_results")]
    public static int CopyLookUpResults(ProcessContext context, long queryId, int pointer, int count, int errorPointer)
    {
        if (!TryGetTransport(context, out _) || !context.TryGetMemory(pointer, (long)(uint)count * sizeof(long), out _) || !context.CanWriteInt64(errorPointer))
            return 0;
        if (context.Resources.LookUps.TryRemove(queryId, out IReadOnlyList<long>? nodes))
            return WriteNodes(context, nodes, pointer, count);
        context.Fail(errorPointer, $"there is no query {(ulong)queryId}, or its result was copied already");
        return -1;
    }

    private static INodeTransport TransportOf(ProcessContext context) => context.Environment.Runtime.Nodes;

    private static bool TryGetTransport(ProcessContext context, [NotNullWhen(true)] out INodeTransport? transport)
    {
        transport = TransportOf(context);
        if (transport.NodeId != 0)
            return true;
        context.Trap("this runtime is not part of a cluster");
        return false;
    }

    private static int WriteNodes(ProcessContext context, IReadOnlyList<long> nodes, int pointer, int count)
    {
        int written = (int)Math.Min((uint)count, (uint)nodes.Count);
        if (!context.TryGetMemory(pointer, (long)written * sizeof(long), out Span<byte> place))
            return 0;
        for (int i = 0; i < written; i++)
            BinaryPrimitives.WriteInt64LittleEndian(place[(i * sizeof(long))..], nodes[i]);
        return written;
    }

    private static string ErrorOf(NodeAnswer answer) => answer.Error.Length > 0 ? answer.Error : answer.Status switch
    {
        NodeStatus.NoSuchNode => "there is no such node",
        NodeStatus.NoSuchModule => "the node knows no such module",
        NodeStatus.NoSuchProcess => "there is no such process",
        NodeStatus.Unreachable => "the node cannot be reached",
        _ => "the node refuses",
    };
}
