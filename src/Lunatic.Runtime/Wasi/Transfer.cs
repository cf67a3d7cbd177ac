using System.Buffers;
using Lunatic.Runtime.Wasi.Descriptors;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

/// <summary>Moves bytes between a descriptor and a guest's buffers: one call of the system however many buffers there are, so that nothing is torn.</summary>
internal static class Transfer
{
    private const int FewVectors = 16;

    /// <summary>Reads at the offset of the descriptor, or at <paramref name="offset"/>.</summary>
    public static Errno Read(Descriptor descriptor, BufferList buffers, long? offset, out int count)
    {
        if (buffers.IsSingle)
            return Read(descriptor, buffers.Single, offset, out count);
        byte[] rented = ArrayPool<byte>.Shared.Rent(buffers.TotalBytes);
        Errno error = Read(descriptor, rented.AsSpan(0, buffers.TotalBytes), offset, out count);
        buffers.Scatter(rented.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(rented);
        return error;
    }

    /// <summary>Reads what the system has in memory of a file, straight into the buffers.</summary>
    /// <returns>False: it has to be waited for; nothing is read.</returns>
    public static bool TryReadNow(HostFile file, BufferList buffers, long? offset, out Errno error, out int count)
    {
        Span<IoVector> vectors = stackalloc IoVector[FewVectors];
        if (buffers.Count > FewVectors)
            vectors = new IoVector[buffers.Count];
        return file.TryReadNow(vectors[..buffers.Describe(vectors)], offset, out error, out count);
    }

    /// <summary>Writes the buffers of a guest to a file, straight from where they are.</summary>
    public static Errno Write(HostFile file, BufferList buffers, long? offset, out int count)
    {
        Span<IoVector> vectors = stackalloc IoVector[FewVectors];
        if (buffers.Count > FewVectors)
            vectors = new IoVector[buffers.Count];
        return file.Write(vectors[..buffers.Describe(vectors)], offset, out count);
    }

    /// <summary>Writes at the offset of the descriptor, or at <paramref name="offset"/>.</summary>
    public static Errno Write(Descriptor descriptor, BufferList buffers, long? offset, out int count)
    {
        if (buffers.IsSingle)
            return Write(descriptor, buffers.Single, offset, out count);
        byte[] rented = ArrayPool<byte>.Shared.Rent(buffers.TotalBytes);
        buffers.Gather(rented.AsSpan(0, buffers.TotalBytes));
        Errno error = Write(descriptor, rented.AsSpan(0, buffers.TotalBytes), offset, out count);
        ArrayPool<byte>.Shared.Return(rented);
        return error;
    }

    private static Errno Read(Descriptor descriptor, Span<byte> target, long? offset, out int count) =>
        offset is { } at ? descriptor.ReadAt(target, at, out count) : descriptor.Read(target, out count);

    private static Errno Write(Descriptor descriptor, ReadOnlySpan<byte> data, long? offset, out int count) =>
        offset is { } at ? descriptor.WriteAt(data, at, out count) : descriptor.Write(data, out count);
}
