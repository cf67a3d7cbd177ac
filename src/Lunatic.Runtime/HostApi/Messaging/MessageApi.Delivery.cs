using System.Runtime.InteropServices;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Messaging;

// Sending and receiving. Time is in milliseconds; all ones means for ever.
internal static partial class MessageApi
{
    // tags up to this number lie on the stack while the mailbox is searched
    private const int FewTags = 16;

    /// <summary>Sends the message to a process of the same environment and leaves none behind; always 0. One for an unknown process is dropped. Never waits.</summary>
    [HostFunction("send")]
    public static int Send(ProcessContext context, long processId)
    {
        if (context.TryTakeScratch(out Message? message))
            context.Deliver(message, processId);
        return 0;
    }

    /// <summary>
    /// Sends the message, then waits for one with this tag that arrives after the call: 0, it is the message now; 9027, none came in time and there is no
    /// message. Tag 0 matches nothing.
    /// </summary>
    [HostFunction("send_receive_skip_search")]
    public static int SendReceiveSkipSearch(ProcessContext context, long processId, long tag, long timeout)
    {
        if (!context.TryTakeScratch(out Message? message))
            return 0;
        GuestProcess process = context.Process;
        // what others sent before the call is no answer to it
        process.Drain();
        ReceiveOperation operation = process.Receiving.ForReply([tag], process.LastArrival, process.DeadlineIn((ulong)timeout));
        if (process.IsEnding)
            message.Abandon();
        else
            context.Deliver(message, processId);
        context.Caller.Wait(operation);
        return 0;
    }

    /// <summary>
    /// Waits for the first message with one of the tags, or for any message when there are no tags: 0 data, 1 a linked process died, 2 a monitored process
    /// died; it is the message now. 9027, none came in time; the message stays as it was. A tag 0 matches nothing. Traps on a bad pointer.
    /// </summary>
    [HostFunction("receive")]
    public static int Receive(ProcessContext context, int tagPointer, int tagCount, long timeout)
    {
        Span<byte> bytes = default;
        if (tagCount != 0 && !context.TryGetMemory(tagPointer, (long)(uint)tagCount * sizeof(long), out bytes))
            return 0;
        // a copy, because the guest does not align them
        Span<long> tags = (uint)tagCount <= FewTags ? stackalloc long[tagCount] : new long[tagCount];
        bytes.CopyTo(MemoryMarshal.AsBytes(tags));
        return Receive(context, tags, context.Process.DeadlineIn((ulong)timeout));
    }

    /// <summary>The same for tags that were read, and a deadline.</summary>
    internal static int Receive(ProcessContext context, ReadOnlySpan<long> tags, long deadline)
    {
        GuestProcess process = context.Process;
        if (process.TryReceive(tags) is { } message)
        {
            context.SetScratch(message);
            return (int)message.Kind;
        }
        context.Caller.Wait(process.Receiving.ForAny(tags, deadline));
        return 0;
    }
}
