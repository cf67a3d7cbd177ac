using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Wasi.Descriptors;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

// fd_read, fd_write, fd_pread, fd_pwrite, fd_readdir
internal static partial class WasiApi
{
    /// <summary>Reads at the descriptor's offset into the buffers and writes the number of bytes (32 bits), 0 at the end. On standard input it waits.</summary>
    [HostFunction("fd_read")]
    public static int FdRead(ProcessContext context, int fd, int buffers, int buffersLength, int read)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = context.Wasi.Descriptors.Get(fd, Rights.FdRead, out Descriptor descriptor);
        if (error == Errno.Success && descriptor is FileDescriptor { Type: FileType.RegularFile } regular)
            return ReadFile(context, memory, regular.File, buffers, buffersLength, null, read);
        if (error == Errno.Success)
            error = Read(memory, descriptor, buffers, buffersLength, null, read);
        return error == Errno.Again && descriptor is InputDescriptor { Waits: true } input
            ? WasiWait.Begin(context, input.Input, ProcessBase.NoDeadline, context => FdRead(context, fd, buffers, buffersLength, read))
            : (int)error;
    }

    /// <summary>Reads at <paramref name="offset"/>; the descriptor's offset stays.</summary>
    [HostFunction("fd_pread")]
    public static int FdPread(ProcessContext context, int fd, int buffers, int buffersLength, long offset, int read)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = context.Wasi.Descriptors.Get(fd, Rights.FdRead | Rights.FdSeek, out Descriptor descriptor);
        if (error == Errno.Success && descriptor is FileDescriptor { Type: FileType.RegularFile } regular)
            return ReadFile(context, memory, regular.File, buffers, buffersLength, offset, read);
        if (error == Errno.Success)
            error = Read(memory, descriptor, buffers, buffersLength, offset, read);
        return (int)error;
    }

    /// <summary>Writes the buffers at the descriptor's offset, as one, and writes the number of bytes (32 bits).</summary>
    [HostFunction("fd_write")]
    public static int FdWrite(ProcessContext context, int fd, int buffers, int buffersLength, int written)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = context.Wasi.Descriptors.Get(fd, Rights.FdWrite, out Descriptor descriptor);
        if (error == Errno.Success && descriptor is FileDescriptor { Type: FileType.RegularFile } regular)
            return WriteFile(context, memory, regular.File, buffers, buffersLength, null, written);
        if (error == Errno.Success)
            error = Write(memory, descriptor, buffers, buffersLength, null, written);
        return (int)error;
    }

    /// <summary>Writes at <paramref name="offset"/>; the descriptor's offset stays.</summary>
    [HostFunction("fd_pwrite")]
    public static int FdPwrite(ProcessContext context, int fd, int buffers, int buffersLength, long offset, int written)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = context.Wasi.Descriptors.Get(fd, Rights.FdWrite | Rights.FdSeek, out Descriptor descriptor);
        if (error == Errno.Success && descriptor is FileDescriptor { Type: FileType.RegularFile } regular)
            return WriteFile(context, memory, regular.File, buffers, buffersLength, offset, written);
        if (error == Errno.Success)
            error = Write(memory, descriptor, buffers, buffersLength, offset, written);
        return (int)error;
    }

    /// <summary>Writes entries of a directory from <paramref name="cookie"/> on; fewer bytes than the buffer has mean that there are no more.</summary>
    [HostFunction("fd_readdir")]
    public static int FdReaddir(ProcessContext context, int fd, int buffer, int bufferLength, long cookie, int used)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = context.Wasi.Descriptors.GetDirectory(fd, Rights.FdReadDir, out DirectoryDescriptor directory);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Result32(used, out Span<byte> place);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Range(buffer, (uint)bufferLength, out Span<byte> target);
        if (error != Errno.Success)
            return (int)error;
        if (cookie != 0 && directory.IsListed)
        {
            WasiMemory.Write(place, directory.ReadEntries(target, (ulong)cookie));
            return 0;
        }
        return DiskOperation.Wait(context, directory.List, context =>
        {
            var memory = new WasiMemory(context.Caller.Memory);
            if (memory.Range(buffer, (uint)bufferLength, out Span<byte> target) == Errno.Success && memory.Result32(used, out Span<byte> place) == Errno.Success)
                WasiMemory.Write(place, directory.ReadEntries(target, (ulong)cookie));
            return Errno.Success;
        });
    }

    private static Errno Read(WasiMemory memory, Descriptor descriptor, int buffers, int buffersLength, long? offset, int read)
    {
        Errno error = memory.Result32(read, out Span<byte> place);
        if (error != Errno.Success)
            return error;
        error = BufferList.TryRead(memory, buffers, buffersLength, out BufferList list);
        if (error != Errno.Success)
            return error;
        error = Transfer.Read(descriptor, list, offset, out int count);
        if (error == Errno.Success)
            WasiMemory.Write(place, count);
        return error;
    }

    private static Errno Write(WasiMemory memory, Descriptor descriptor, int buffers, int buffersLength, long? offset, int written)
    {
        Errno error = memory.Result32(written, out Span<byte> place);
        if (error != Errno.Success)
            return error;
        error = BufferList.TryRead(memory, buffers, buffersLength, out BufferList list);
        if (error != Errno.Success)
            return error;
        error = Transfer.Write(descriptor, list, offset, out int count);
        if (error == Errno.Success)
            WasiMemory.Write(place, count);
        return error;
    }
}
