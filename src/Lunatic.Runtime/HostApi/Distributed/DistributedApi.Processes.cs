using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.Distribution;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Process;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Distributed;

// Processes of other nodes. A node that cannot be reached is 9027, as a time that is over.
internal static partial class DistributedApi
{
    private const long Own = -1;
    private const int Unreachable = ReceiveOperation.TimedOut;

    /// <summary>
    /// Spawns on another node: 0, the process's id is written; else an error's id is: 1, no such node; 2, no such module there; 9027, the node cannot be reached. The module is
    /// named by the id that all nodes know; a configuration of -1 is the caller's own. Arguments that are cut short are left out. Traps without the right to spawn, on what
    /// <c>process::spawn</c> traps on, where the node refuses, and where there is no cluster.
    /// </summary>
    [HostFunction("spawn")]
    public static int Spawn(
        ProcessContext context, long nodeId, long configId, long moduleId, int functionPointer, int functionLength, int parametersPointer, int parametersLength, int idPointer)
    {
        if (!TryGetTransport(context, out INodeTransport? transport))
            return 0;
        if (!context.Configuration.CanSpawnProcesses)
            return context.Trap("the process may not spawn processes");
        ProcessConfiguration? configuration = context.Configuration;
        if ((configId != Own && !context.TryFind(context.Resources.Configurations, configId, "configuration", out configuration))
            || !context.TryReadString(functionPointer, functionLength, "function's name", out string function)
            || !context.TryGetMemory(parametersPointer, parametersLength, out Span<byte> packed)
            || !context.CanWriteInt64(idPointer))
        {
            return 0;
        }
        packed = packed[..(packed.Length - (packed.Length % SpawnParameters.Size))];
        if (!SpawnParameters.TryRead(packed, out _, out string? error))
            return context.Trap(error);
        var request = new RemoteSpawn(nodeId, context.Environment.Id, moduleId, function, packed.ToArray(), configuration!);
        return NodeOperation.Wait(context, token => transport.SpawnAsync(request, token), (context, answer) =>
        {
            if (answer.Status is NodeStatus.Done)
                return context.Succeed(idPointer, answer.Value);
            int code = answer.Status switch
            {
                NodeStatus.NoSuchNode => 1,
                NodeStatus.NoSuchModule => 2,
                NodeStatus.Unreachable => Unreachable,
                _ => 0,
            };
            if (code == 0)
                return context.Trap(ErrorOf(answer));
            context.Fail(idPointer, ErrorOf(answer));
            return code;
        });
    }

    /// <summary>
    /// Sends the message to a process of another node, and leaves none behind: 0, that node has it; 1, there is no such process; 2, no such node; 9027, the node cannot be
    /// reached. Traps on a message that is not data or has resources, and where there is no cluster.
    /// </summary>
    [HostFunction("send")]
    public static int Send(ProcessContext context, long nodeId, long processId)
    {
        if (!TryGetTransport(context, out INodeTransport? transport) || !TryTakeBytes(context, out long tag, out ReadOnlyMemory<byte> data))
            return 0;
        return NodeOperation.Wait(context, token => transport.SendAsync(nodeId, context.IdOf(processId), tag, data, token), static (context, answer) => CodeOfSend(context, answer));
    }

    /// <summary>
    /// Sends as <c>send</c> does, then waits for a message with this tag that arrives after the call: 0, it is the message now; 9027, none came in time. The time covers
    /// sending, too.
    /// </summary>
    [HostFunction("send_receive_skip_search")]
    public static int SendReceiveSkipSearch(ProcessContext context, long nodeId, long processId, long tag, long timeout)
    {
        if (!TryGetTransport(context, out INodeTransport? transport) || !TryTakeBytes(context, out long ownTag, out ReadOnlyMemory<byte> data))
            return 0;
        // what others sent before the call is no answer to it; an answer that comes before the other node says that it has the message is one
        context.Process.Drain();
        return NodeOperation.WaitForReply(
            context, token => transport.SendAsync(nodeId, context.IdOf(processId), ownTag, data, token), static (context, answer) => CodeOfSend(context, answer), tag, timeout);
    }

    private static int CodeOfSend(ProcessContext context, NodeAnswer answer) => answer.Status switch
    {
        NodeStatus.Done => 0,
        NodeStatus.NoSuchProcess => 1,
        NodeStatus.NoSuchNode => 2,
        NodeStatus.Unreachable => Unreachable,
        _ => context.Trap(ErrorOf(answer)),
    };

    private static bool TryTakeBytes(ProcessContext context, out long tag, out ReadOnlyMemory<byte> data)
    {
        tag = 0;
        data = default;
        if (!context.TryGetData(out Message? message))
            return false;
        if (message.Resources is not null)
        {
            context.Trap("the message has resources, which cannot go to another node");
            return false;
        }
        context.TryTakeScratch(out _);
        (tag, data) = (message.Tag, message.Data);
        return true;
    }
}
