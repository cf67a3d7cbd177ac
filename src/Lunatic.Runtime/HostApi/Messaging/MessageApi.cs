using System.Runtime.CompilerServices;
using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Messaging;

/// <summary>
/// <c>lunatic::message</c>: the scratch area holds one message, which the guest writes and sends, or received and reads. Functions that work on the
/// message trap when there is none, and those on its content when it is the news of a death. The parts lie in a file each.
/// </summary>
[HostNamespace("lunatic::message")]
internal static partial class MessageApi
{
    // what a guest announces is a hint: room for a small message at once, more as it is written
    private const ulong MaxInitialCapacity = 256;
    // bytes of an empty message with its place in a mailbox, roughly
    private const int MessageOverhead = 200;

    /// <summary>Starts an empty message; one in the scratch area is dropped. Tag 0 means no tag. The capacity in bytes is a hint.</summary>
    [HostFunction("create_data")]
    public static void CreateData(ProcessContext context, long tag, long capacity) =>
        CreateData(context, tag, (int)Math.Min((ulong)capacity, MaxInitialCapacity));

    private static void CreateData(ProcessContext context, long tag, int capacity)
    {
        if (context.TryKeep(capacity + MessageOverhead))
            context.SetScratch(Message.Empty(tag, capacity));
    }

    /// <summary>Appends bytes and returns their number. Traps on a bad pointer; a trap leaves no message.</summary>
    [HostFunction("write_data")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteData(ProcessContext context, int pointer, int length)
    {
        // the public guest library writes messages byte by byte: this part must be small enough to be put into the entries
        if (length == 1 && context.Scratch is { Kind: MessageKind.Data } message && context.Caller.TryReadByte((uint)pointer, out byte value) && message.TryAppend(value))
            return 1;
        return WriteBytes(context, pointer, length);
    }

    /// <summary>Reads up to <paramref name="length"/> bytes from the read position and returns their number. Traps on a bad pointer or position; a trap leaves no message.</summary>
    [HostFunction("read_data")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadData(ProcessContext context, int pointer, int length)
    {
        // as above
        if (length == 1 && context.Scratch is { Kind: MessageKind.Data } message && message.TryPeek(out byte value) && context.Caller.TryWriteByte((uint)pointer, value))
        {
            message.Position++;
            return 1;
        }
        return ReadBytes(context, pointer, length);
    }

    /// <summary>Sets the read position, in bytes from the start, unchecked.</summary>
    [HostFunction("seek_data")]
    public static void SeekData(ProcessContext context, long position)
    {
        if (context.TryGetData(out Message? message))
            message.Position = (ulong)position;
    }

    /// <summary>The tag, 0 if there is none; of the news of a link's death the link's tag.</summary>
    [HostFunction("get_tag")]
    public static long GetTag(ProcessContext context) => context.TryGetScratch(out Message? message) ? message.Tag : 0;

    /// <summary>The id of the monitored process that died; 0 for other messages.</summary>
    [HostFunction("get_process_id")]
    public static long GetProcessId(ProcessContext context) =>
        context.TryGetScratch(out Message? message) && message is { Kind: MessageKind.ProcessDied, DeadProcess: { } dead } ? dead.LocalId : 0;

    /// <summary>Number of bytes of the whole message, wherever the read position is.</summary>
    [HostFunction("data_size")]
    public static long DataSize(ProcessContext context) => context.TryGetData(out Message? message) ? message.Length : 0;

    private static int WriteBytes(ProcessContext context, int pointer, int length)
    {
        if (context.TryGetData(out Message? message) && context.TryGetMemory(pointer, length, out Span<byte> bytes))
        {
            int room = message.Capacity;
            if (message.TryAppend(bytes, context.Environment.Options.MaxMessageBytes))
                return context.TryKeep(message.Capacity - room) ? length : 0;
            context.TrapLimit(nameof(EnvironmentOptions.MaxMessageBytes), context.Environment.Options.MaxMessageBytes);
        }
        context.SetScratch(null);
        return 0;
    }

    private static int ReadBytes(ProcessContext context, int pointer, int length)
    {
        if (context.TryGetData(out Message? message) && context.TryGetMemory(pointer, length, out Span<byte> bytes))
        {
            ReadOnlySpan<byte> written = message.Written;
            ulong position = message.Position;
            if (position <= (ulong)written.Length)
            {
                ReadOnlySpan<byte> rest = written[(int)position..];
                if (rest.Length > bytes.Length)
                    rest = rest[..bytes.Length];
                rest.CopyTo(bytes);
                message.Position = position + (uint)rest.Length;
                return rest.Length;
            }
            context.Trap($"the read position {position} lies behind the message's {written.Length} bytes");
        }
        context.SetScratch(null);
        return 0;
    }
}
