using System.Buffers;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

// regular files: what the system has in memory is read in place, and small writes are taken into memory in place; the rest is waited for, with copies
internal static partial class WasiApi
{
    private const int MostWrittenInPlace = 64 << 10;

    private static int ReadFile(ProcessContext context, WasiMemory memory, HostFile file, int buffers, int buffersLength, long? offset, int read)
    {
        BufferList list = default;
        Errno error = memory.Result32(read, out Span<byte> place);
        if (error == Errno.Success)
            error = BufferList.TryRead(memory, buffers, buffersLength, out list);
        if (error != Errno.Success)
            return (int)error;
        if (Transfer.TryReadNow(file, list, offset, out error, out int count))
        {
            if (error == Errno.Success)
                WasiMemory.Write(place, count);
            return (int)error;
        }
        byte[] copy = ArrayPool<byte>.Shared.Rent(list.TotalBytes);
        int total = list.TotalBytes;
        return DiskOperation.Wait(
            context,
            () => offset is { } at ? file.ReadAt(copy.AsSpan(0, total), at, out count) : file.Read(copy.AsSpan(0, total), out count),
            context =>
            {
                var memory = new WasiMemory(context.Caller.Memory);
                if (BufferList.TryRead(memory, buffers, buffersLength, out BufferList list) == Errno.Success && memory.Result32(read, out Span<byte> place) == Errno.Success)
                {
                    list.Scatter(copy.AsSpan(0, count));
                    WasiMemory.Write(place, count);
                }
                ArrayPool<byte>.Shared.Return(copy);
                return Errno.Success;
            });
    }

    private static int WriteFile(ProcessContext context, WasiMemory memory, HostFile file, int buffers, int buffersLength, long? offset, int written)
    {
        BufferList list = default;
        Errno error = memory.Result32(written, out Span<byte> place);
        if (error == Errno.Success)
            error = BufferList.TryRead(memory, buffers, buffersLength, out list);
        if (error != Errno.Success)
            return (int)error;
        if (list.TotalBytes <= MostWrittenInPlace && !file.StoresAtOnce)
        {
            error = Transfer.Write(file, list, offset, out int count);
            if (error == Errno.Success)
                WasiMemory.Write(place, count);
            return (int)error;
        }
        int total = list.TotalBytes;
        byte[] copy = ArrayPool<byte>.Shared.Rent(total);
        list.Gather(copy.AsSpan(0, total));
        int done = 0;
        return DiskOperation.Wait(
            context,
            () => offset is { } at ? file.WriteAt(copy.AsSpan(0, total), at, out done) : file.Write(copy.AsSpan(0, total), out done),
            context =>
            {
                ArrayPool<byte>.Shared.Return(copy);
                if (new WasiMemory(context.Caller.Memory).Result32(written, out Span<byte> place) == Errno.Success)
                    WasiMemory.Write(place, done);
                return Errno.Success;
            });
    }
}
