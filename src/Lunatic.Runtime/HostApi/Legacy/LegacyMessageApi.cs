using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Messaging;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>What <c>lunatic::message</c> of the old generation has of its own: processes are named by handles, and travel in messages. Times are in milliseconds, 0 means for ever.</summary>
[HostNamespace("lunatic::message")]
internal static partial class LegacyMessageApi
{
    private const int FewTags = 16;

    /// <summary>When a wait of some milliseconds ends; 0 is never.</summary>
    public static long DeadlineOf(GuestProcess process, int milliseconds) => milliseconds == 0 ? ProcessBase.NoDeadline : process.DeadlineIn((ulong)(uint)milliseconds);

    /// <summary>Moves a handle into the message; returns its slot. Traps on an unknown id.</summary>
    [HostFunction("push_process")]
    public static long PushProcess(ProcessContext context, long processId) =>
        context.TryGetData(out Message? message) && context.TryTake(context.Resources.Legacy.Processes, processId, "process", out ProcessBase? process)
            ? message.Attach(process)
            : 0;

    /// <summary>Takes a handle out of a slot; returns its new id. Traps when the slot holds none.</summary>
    [HostFunction("take_process")]
    public static long TakeProcess(ProcessContext context, long slot)
    {
        if (!context.TryGetData(out Message? message))
            return 0;
        List<object?>? resources = message.Resources;
        if ((ulong)slot >= (ulong)(resources?.Count ?? 0) || resources![(int)slot] is not ProcessBase process)
            return context.Trap($"slot {(ulong)slot} of the message holds no process");
        resources[(int)slot] = null;
        return context.Resources.Legacy.Processes.Add(process);
    }

    /// <summary>Sends the message; a receiver that has ended is fine. Traps when there is no message, and on an unknown id.</summary>
    [HostFunction("send")]
    public static void Send(ProcessContext context, long processId)
    {
        if (TryTakeMessage(context, processId, out Message? message, out ProcessBase? receiver))
            receiver.Send(message);
    }

    /// <summary>
    /// Sends the message, then waits for one with the same tag (without a tag: for any) that arrives after the call: 0, it is the message now; 9027, none came in time
    /// and there is no message.
    /// </summary>
    [HostFunction("send_receive_skip_search")]
    public static int SendReceiveSkipSearch(ProcessContext context, long processId, int timeout)
    {
        if (!TryTakeMessage(context, processId, out Message? message, out ProcessBase? receiver))
            return 0;
        GuestProcess process = context.Process;
        process.Drain();
        ReadOnlySpan<long> tags = message.Tag == Message.NoTag ? [] : [message.Tag];
        Processes.Pending.ReceiveOperation operation = process.Receiving.ForReply(tags, process.LastArrival, DeadlineOf(process, timeout));
        if (process.IsEnding)
            message.Abandon();
        else
            receiver.Send(message);
        context.Caller.Wait(operation);
        return 0;
    }

    /// <summary>
    /// Waits for the first message with one of the tags, or for any message when there are no tags: 0 data, 1 a linked process died; it is the message now. 9027, none
    /// came in time; the message stays as it was. Traps on a bad pointer.
    /// </summary>
    [HostFunction("receive")]
    public static int Receive(ProcessContext context, int tagPointer, int tagCount, int timeout)
    {
        Span<byte> bytes = default;
        if (tagCount != 0 && !context.TryGetMemory(tagPointer, (long)(uint)tagCount * sizeof(long), out bytes))
            return 0;
        Span<long> tags = (uint)tagCount <= FewTags ? stackalloc long[tagCount] : new long[tagCount];
        bytes.CopyTo(MemoryMarshal.AsBytes(tags));
        return MessageApi.Receive(context, tags, DeadlineOf(context.Process, timeout));
    }

    private static bool TryTakeMessage(ProcessContext context, long processId, [NotNullWhen(true)] out Message? message, [NotNullWhen(true)] out ProcessBase? receiver)
    {
        receiver = null;
        return context.TryGetScratch(out message)
            && context.TryFind(context.Resources.Legacy.Processes, processId, "process", out receiver)
            && context.TryTakeScratch(out message);
    }
}
