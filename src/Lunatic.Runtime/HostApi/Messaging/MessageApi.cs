using System.Runtime.CompilerServices;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Wasm;
using Lunatic.Wasm.Hosting;

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
    // bytes of the smallest and the largest window of a message, and the longest write and read that such a one is opened for
    private const int LeastWindow = 128, MostWindow = 4096, WindowedLength = 16;

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
    [HostFunction("write_data", Quick = nameof(TryWriteFew))]
    public static int WriteData(ProcessContext context, int pointer, int length) =>
        TryWriteFew(context, pointer, length, out int written) ? written : WriteBytes(context, pointer, length);

    /// <summary>Reads up to <paramref name="length"/> bytes from the read position and returns their number. Traps on a bad pointer or position; a trap leaves no message.</summary>
    [HostFunction("read_data", Quick = nameof(TryReadFew))]
    public static int ReadData(ProcessContext context, int pointer, int length) =>
        TryReadFew(context, pointer, length, out int read) ? read : ReadBytes(context, pointer, length);

    // The public guest library writes and reads messages in such pieces. Small, without calls, so that it can be put into the entries; whatever it cannot do it leaves as it was.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryWriteFew(ProcessContext context, int pointer, int length, out int written)
    {
        written = length;
        return context.ScratchWithoutWindow is { Kind: MessageKind.Data } message && length switch
        {
            sizeof(byte) => context.Caller.TryRead((uint)pointer, out byte value) && message.TryAppend(value),
            sizeof(long) => context.Caller.TryRead((uint)pointer, out long value) && message.TryAppend(value),
            _ => false,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadFew(ProcessContext context, int pointer, int length, out int read)
    {
        read = length;
        // much that is left is worth a window
        if (context.ScratchWithoutWindow is not { Kind: MessageKind.Data } message || message.Length - (long)message.Position >= LeastWindow)
            return false;
        bool isDone = length switch
        {
            sizeof(byte) => message.TryPeek(out byte value) && context.Caller.TryWrite((uint)pointer, value),
            sizeof(long) => message.TryPeek(out long value) && context.Caller.TryWrite((uint)pointer, value),
            _ => false,
        };
        if (isDone)
            message.Position += (uint)length;
        return isDone;
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

    /// <summary>What compiled code may do of the calls of an import, whatever generation it is of.</summary>
    public static ByteWindowUse WindowUseOf(WasmImport import) => import switch
    {
        { Module: "lunatic::message", Name: "write_data" } => ByteWindowUse.Append,
        { Module: "lunatic::message", Name: "read_data" } => ByteWindowUse.Take,
        _ => ByteWindowUse.None,
    };

    private static int WriteBytes(ProcessContext context, int pointer, int length)
    {
        Span<byte> bytes;
        // the public guest library appends to a message in small pieces, so a window is worth its memory when there are already some
        if (length is > 0 and <= WindowedLength && context.Caller.TryGetMemory((uint)pointer, (ulong)length, out bytes) && context.TryAppendToWindow(bytes))
            return length;
        int limit = context.Environment.Options.MaxMessageBytes;
        if (context.TryGetData(out Message? message) && context.TryGetMemory(pointer, length, out bytes))
        {
            int room = message.Capacity;
            if (message.TryAppend(bytes, limit))
            {
                if (length <= WindowedLength && message.Length >= LeastWindow && limit - message.Length >= LeastWindow)
                    context.OpenWindowForAppending(message, Math.Min(Math.Min(message.Length, MostWindow), limit - message.Length));
                return context.TryKeep(message.Capacity - room) ? length : 0;
            }
            context.TrapLimit(nameof(EnvironmentOptions.MaxMessageBytes), limit);
        }
        context.SetScratch(null);
        return 0;
    }

    private static int ReadBytes(ProcessContext context, int pointer, int length)
    {
        Span<byte> bytes;
        if (length is > 0 and <= WindowedLength && context.Caller.TryGetMemory((uint)pointer, (ulong)length, out bytes) && context.TryTakeFromWindow(bytes))
            return length;
        if (context.TryGetData(out Message? message) && context.TryGetMemory(pointer, length, out bytes))
        {
            ReadOnlySpan<byte> written = message.Written;
            ulong position = message.Position;
            if (position <= (ulong)written.Length)
            {
                ReadOnlySpan<byte> rest = written[(int)position..];
                int count = Math.Min(rest.Length, bytes.Length);
                rest[..count].CopyTo(bytes);
                message.Position = position + (uint)count;
                if (length <= WindowedLength && rest.Length >= LeastWindow && rest.Length > count)
                    context.OpenWindowForTaking(message, rest.Slice(count, Math.Min(rest.Length - count, MostWindow)));
                return count;
            }
            context.Trap($"the read position {position} lies behind the message's {written.Length} bytes");
        }
        context.SetScratch(null);
        return 0;
    }
}
