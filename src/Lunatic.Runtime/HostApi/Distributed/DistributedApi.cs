using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Distributed;

/// <summary><c>lunatic::distributed</c> on a single node: there are no other nodes, and what needs one traps, as it does in the reference without a control server.</summary>
[HostNamespace("lunatic::distributed")]
internal static partial class DistributedApi
{
    /// <summary>Number of nodes: 0, not distributed.</summary>
    [HostFunction("nodes_count")]
    public static int NodesCount(ProcessContext context) => 0;

    /// <summary>Writes the ids of up to <paramref name="count"/> nodes and returns how many: 0. Traps on a bad pointer.</summary>
    [HostFunction("get_nodes")]
    public static int GetNodes(ProcessContext context, int pointer, int count)
    {
        _ = context.TryGetMemory(pointer, 0L, out _);
        return 0;
    }

    /// <summary>Id of this node: 0, not distributed.</summary>
    [HostFunction("node_id")]
    public static long NodeId(ProcessContext context) => 0;

    /// <summary>The control server's id of the process's module: 0, it has none.</summary>
    [HostFunction("module_id")]
    public static long ModuleId(ProcessContext context) => 0;

    /// <summary>Spawns on another node: traps, not distributed.</summary>
    [HostFunction("spawn")]
    public static int Spawn(ProcessContext context, long nodeId, long configId, long moduleId, int functionPointer, int functionLength, int parametersPointer, int parametersLength, int idPointer) =>
        NotDistributed(context);

    /// <summary>Sends to a process of another node: traps, not distributed.</summary>
    [HostFunction("send")]
    public static int Send(ProcessContext context, long nodeId, long processId) => NotDistributed(context);

    /// <summary>Sends to a process of another node and waits: traps, not distributed.</summary>
    [HostFunction("send_receive_skip_search")]
    public static int SendReceiveSkipSearch(ProcessContext context, long nodeId, long processId, long tag, long timeout) =>
        NotDistributed(context);

    /// <summary>Asks the control server for nodes: traps, not distributed.</summary>
    [HostFunction("exec_lookup_nodes")]
    public static int LookUpNodes(ProcessContext context, int queryPointer, int queryLength, int queryIdPointer, int countPointer, int errorPointer) =>
        NotDistributed(context);

    /// <summary>Copies what a look-up found: traps, not distributed.</summary>
    [HostFunction("copy_lookup_nodes_results")]
    public static int CopyLookUpResults(ProcessContext context, long queryId, int pointer, int count, int errorPointer) =>
        NotDistributed(context);

    private static int NotDistributed(ProcessContext context) => context.Trap("this runtime is not part of a cluster");
}
