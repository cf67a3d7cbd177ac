using System.Buffers.Binary;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

/// <summary>The buffers of a call that reads or writes (<c>$iovec_array</c>, <c>$ciovec_array</c>), all checked.</summary>
internal readonly ref struct BufferList
{
    /// <summary>Most buffers of one call, as in POSIX systems.</summary>
    public const int MaxBuffers = 1024;

    /// <summary>
    /// Most bytes that one call moves: what is beyond it is left for the guest's next call, so that no call occupies its thread for long.
    /// </summary>
    public const int MaxTransfer = 4 << 20;

    private const int EntryBytes = 8;
    private const int EntryAlignment = 4;

    private readonly WasiMemory _memory;
    private readonly ReadOnlySpan<byte> _entries;

    private BufferList(WasiMemory memory, ReadOnlySpan<byte> entries, int total, Span<byte> single, bool isSingle)
    {
        _memory = memory;
        _entries = entries;
        TotalBytes = total;
        Single = single;
        IsSingle = isSingle;
    }

    /// <summary>Bytes that the call moves: those of all buffers, at most <see cref="MaxTransfer"/>.</summary>
    public int TotalBytes { get; }

    /// <summary>Whether all bytes lie in one buffer.</summary>
    public bool IsSingle { get; }

    /// <summary>That buffer.</summary>
    public Span<byte> Single { get; }

    /// <summary>Number of buffers.</summary>
    public int Count => _entries.Length / EntryBytes;

    /// <summary>Checks an array of buffers.</summary>
    public static Errno TryRead(WasiMemory memory, int pointer, int count, out BufferList buffers)
    {
        buffers = default;
        if ((uint)count > MaxBuffers)
            return Errno.Inval;
        Errno error = memory.Structure(pointer, count * EntryBytes, EntryAlignment, out Span<byte> entries);
        long total = 0;
        int used = 0;
        Span<byte> single = default;
        for (int index = 0; index < count && error == Errno.Success; index++)
        {
            error = Entry(memory, entries, index, out Span<byte> buffer);
            if (buffer.IsEmpty)
                continue;
            total += buffer.Length;
            single = buffer;
            used++;
        }
        if (error == Errno.Success)
        {
            int limited = (int)Math.Min(total, MaxTransfer);
            buffers = new BufferList(memory, entries, limited, used == 1 ? single[..limited] : default, used <= 1);
        }
        return error;
    }

    /// <summary>Copies <see cref="TotalBytes"/> bytes of the buffers one behind the other.</summary>
    public void Gather(Span<byte> target)
    {
        for (int index = 0; index < Count && !target.IsEmpty; index++)
        {
            Entry(_memory, _entries, index, out Span<byte> buffer);
            buffer = buffer[..Math.Min(buffer.Length, target.Length)];
            buffer.CopyTo(target);
            target = target[buffer.Length..];
        }
    }

    /// <summary>Distributes at most <see cref="TotalBytes"/> bytes over the buffers.</summary>
    public void Scatter(ReadOnlySpan<byte> data)
    {
        // the list itself may lie in a buffer and change here: its length bounds the loop, and each entry is checked again
        for (int index = 0; index < Count && !data.IsEmpty; index++)
        {
            Entry(_memory, _entries, index, out Span<byte> buffer);
            ReadOnlySpan<byte> part = data[..Math.Min(buffer.Length, data.Length)];
            part.CopyTo(buffer);
            data = data[part.Length..];
        }
    }

    /// <summary>Tells the system where <see cref="TotalBytes"/> bytes of the buffers are: guest memory does not move during the call.</summary>
    /// <returns>How many places there are.</returns>
    public int Describe(Span<IoVector> places)
    {
        int left = TotalBytes;
        int count = 0;
        for (int index = 0; index < Count && left > 0; index++)
        {
            Entry(_memory, _entries, index, out Span<byte> buffer);
            if (buffer.IsEmpty)
                continue;
            int length = Math.Min(buffer.Length, left);
            places[count++] = new IoVector(buffer[..length]);
            left -= length;
        }
        return count;
    }

    private static Errno Entry(WasiMemory memory, ReadOnlySpan<byte> entries, int index, out Span<byte> buffer)
    {
        ReadOnlySpan<byte> entry = entries.Slice(index * EntryBytes, EntryBytes);
        return memory.Range(BinaryPrimitives.ReadInt32LittleEndian(entry), BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]), out buffer);
    }
}
