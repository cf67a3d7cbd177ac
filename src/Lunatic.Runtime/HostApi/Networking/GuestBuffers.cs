using System.Buffers;
using System.Buffers.Binary;
using Lunatic.Runtime.Networking;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>The buffers of a write: an array of 32-bit pointers and lengths. The first <see cref="MaxBuffers"/> are looked at; a write may always be short.</summary>
internal static class GuestBuffers
{
    /// <summary>Most buffers of one call, as in POSIX systems.</summary>
    public const int MaxBuffers = 1024;

    // a buffer of this size goes to the system by itself rather than being copied together with others
    private const int WorthACall = 16 << 10;

    private const int EntryBytes = 8;

    /// <summary>Checks the array and its buffers; traps if one lies outside of the memory.</summary>
    public static bool TryCheck(ProcessContext context, int array, int count)
    {
        if (!context.TryGetMemory(array, (long)(uint)count * EntryBytes, out Span<byte> entries))
            return false;
        for (int index = 0; index < Looked(count); index++)
        {
            if (!TryGet(context, entries, index, out _))
                return false;
        }
        return true;
    }

    /// <summary>Hands bytes of buffers that were checked to a connection: one large buffer without a copy, small ones together.</summary>
    public static IoResult Write(ProcessContext context, int array, int count, Connection connection)
    {
        context.TryGetMemory(array, (long)(uint)count * EntryBytes, out Span<byte> entries);
        int first = 0;
        Span<byte> buffer = default;
        while (first < Looked(count) && TryGet(context, entries, first, out buffer) && buffer.IsEmpty)
            first++;
        if (buffer.Length >= WorthACall || first + 1 >= Looked(count))
            return connection.TryWrite(buffer[..Math.Min(buffer.Length, Connection.MaxTransfer)]);
        byte[] gathered = ArrayPool<byte>.Shared.Rent(OutgoingBytes.MaxBytes);
        int length = 0;
        for (int index = first; index < Looked(count) && length < OutgoingBytes.MaxBytes && TryGet(context, entries, index, out buffer); index++)
        {
            buffer = buffer[..Math.Min(buffer.Length, OutgoingBytes.MaxBytes - length)];
            buffer.CopyTo(gathered.AsSpan(length));
            length += buffer.Length;
        }
        IoResult result = connection.TryWrite(gathered.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(gathered);
        return result;
    }

    private static int Looked(int count) => (int)Math.Min((uint)count, MaxBuffers);

    private static bool TryGet(ProcessContext context, ReadOnlySpan<byte> entries, int index, out Span<byte> buffer)
    {
        ReadOnlySpan<byte> entry = entries.Slice(index * EntryBytes, EntryBytes);
        return context.TryGetMemory(BinaryPrimitives.ReadInt32LittleEndian(entry), BinaryPrimitives.ReadInt32LittleEndian(entry[4..]), out buffer);
    }
}
