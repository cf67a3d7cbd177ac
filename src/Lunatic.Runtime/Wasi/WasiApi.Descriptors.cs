using System.Buffers.Binary;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Wasi.Descriptors;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

// fd_*: what concerns a descriptor but moves no data
internal static partial class WasiApi
{
    private const int FdStatBytes = 24;
    private const int PrestatBytes = 8;

    // the numbers of Linux for normal, sequential, random, willneed, dontneed, noreuse
    private static ReadOnlySpan<byte> LinuxAdvice => [0, 2, 1, 3, 4, 5];

    /// <summary>Tells how a range of a file will be used (a length of 0: up to the end).</summary>
    [HostFunction("fd_advise")]
    public static int FdAdvise(ProcessContext context, int fd, long offset, long length, int advice)
    {
        if ((uint)advice >= (uint)LinuxAdvice.Length || offset < 0 || length < 0)
            return (int)Errno.Inval;
        Errno error = GetFile(context, fd, Rights.FdAdvise, out HostFile file);
        return (int)(error == Errno.Success ? file.Advise(offset, length, LinuxAdvice[advice]) : error);
    }

    /// <summary>Makes sure that a range of a file has its place; the file grows if it is shorter.</summary>
    [HostFunction("fd_allocate")]
    public static int FdAllocate(ProcessContext context, int fd, long offset, long length)
    {
        Errno error = GetFile(context, fd, Rights.FdAllocate, out HostFile file);
        return error == Errno.Success ? DiskOperation.Wait(context, () => file.Allocate(offset, length)) : (int)error;
    }

    /// <summary>Closes a descriptor; its number can be given to another file.</summary>
    [HostFunction("fd_close")]
    public static int FdClose(ProcessContext context, int fd) => (int)context.Wasi.Descriptors.Close(fd);

    /// <summary>Waits until a file's data is stored.</summary>
    [HostFunction("fd_datasync")]
    public static int FdDatasync(ProcessContext context, int fd)
    {
        Errno error = context.Wasi.Descriptors.Get(fd, Rights.FdDataSync, out Descriptor descriptor);
        return error == Errno.Success ? DiskOperation.Wait(context, () => descriptor.Sync(metadata: false)) : (int)error;
    }

    /// <summary>Waits until a file's data and metadata are stored.</summary>
    [HostFunction("fd_sync")]
    public static int FdSync(ProcessContext context, int fd)
    {
        Errno error = context.Wasi.Descriptors.Get(fd, Rights.FdSync, out Descriptor descriptor);
        return error == Errno.Success ? DiskOperation.Wait(context, () => descriptor.Sync(metadata: true)) : (int)error;
    }

    /// <summary>Writes type, flags and rights of a descriptor (<c>$fdstat</c>, 24 bytes).</summary>
    [HostFunction("fd_fdstat_get")]
    public static int FdFdstatGet(ProcessContext context, int fd, int stat)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = context.Wasi.Descriptors.Get(fd, out Descriptor descriptor);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Structure(stat, FdStatBytes, sizeof(ulong), out Span<byte> place);
        if (error != Errno.Success)
            return (int)error;
        place.Clear();
        place[0] = (byte)descriptor.Type;
        BinaryPrimitives.WriteUInt16LittleEndian(place[2..], (ushort)descriptor.Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(place[8..], (ulong)descriptor.Rights);
        BinaryPrimitives.WriteUInt64LittleEndian(place[16..], (ulong)descriptor.Inheriting);
        return 0;
    }

    /// <summary>Sets a descriptor's flags; those that synchronise writes cannot change any more.</summary>
    [HostFunction("fd_fdstat_set_flags")]
    public static int FdFdstatSetFlags(ProcessContext context, int fd, int flags)
    {
        if ((uint)flags > 31)
            return (int)Errno.Inval;
        Errno error = context.Wasi.Descriptors.Get(fd, Rights.FdFdStatSetFlags, out Descriptor descriptor);
        return (int)(error == Errno.Success ? descriptor.SetFlags((DescriptorFlags)flags) : error);
    }

    /// <summary>Takes rights away from a descriptor; more than it has cannot be given.</summary>
    [HostFunction("fd_fdstat_set_rights")]
    public static int FdFdstatSetRights(ProcessContext context, int fd, long rights, long inheriting)
    {
        Errno error = context.Wasi.Descriptors.Get(fd, out Descriptor descriptor);
        return (int)(error == Errno.Success ? descriptor.Narrow((Rights)rights, (Rights)inheriting) : error);
    }

    /// <summary>Writes what is known about a file (<c>$filestat</c>, 64 bytes).</summary>
    [HostFunction("fd_filestat_get")]
    public static int FdFilestatGet(ProcessContext context, int fd, int stat)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = context.Wasi.Descriptors.Get(fd, Rights.FdFileStatGet, out Descriptor descriptor);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Structure(stat, FileStatus.Bytes, FileStatus.Alignment, out Span<byte> place);
        if (error != Errno.Success)
            return (int)error;
        error = descriptor.GetStatus(out FileStatus status);
        if (error == Errno.Success)
            status.Write(place);
        return (int)error;
    }

    /// <summary>Sets a file's size; new bytes are zero.</summary>
    [HostFunction("fd_filestat_set_size")]
    public static int FdFilestatSetSize(ProcessContext context, int fd, long size)
    {
        Errno error = GetFile(context, fd, Rights.FdFileStatSetSize, out HostFile file);
        return error == Errno.Success ? DiskOperation.Wait(context, () => file.SetSize(size)) : (int)error;
    }

    /// <summary>Sets access and modification time, nanoseconds since 1970, as <paramref name="flags"/> (<c>$fstflags</c>) says.</summary>
    [HostFunction("fd_filestat_set_times")]
    public static int FdFilestatSetTimes(ProcessContext context, int fd, long access, long modification, int flags)
    {
        Errno error = ReadTimes(context, access, modification, flags, out Timespec newAccess, out Timespec newModification);
        if (error != Errno.Success)
            return (int)error;
        error = context.Wasi.Descriptors.Get(fd, Rights.FdFileStatSetTimes, out Descriptor descriptor);
        return (int)(error == Errno.Success ? descriptor.SetTimes(newAccess, newModification) : error);
    }

    /// <summary>Writes kind (a byte, 0: directory) and length of the name (32 bits, at 4) of a pre-opened descriptor; others are <see cref="Errno.BadF"/>.</summary>
    [HostFunction("fd_prestat_get")]
    public static int FdPrestatGet(ProcessContext context, int fd, int prestat)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = context.Wasi.Descriptors.Get(fd, out Descriptor descriptor);
        if (error != Errno.Success || !descriptor.IsPreopen)
            return (int)Errno.BadF;
        error = memory.Structure(prestat, PrestatBytes, sizeof(uint), out Span<byte> place);
        if (error != Errno.Success)
            return (int)error;
        place.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(place[4..], descriptor.PreopenName.Length);
        return 0;
    }

    /// <summary>Writes the name of a pre-opened descriptor, without a zero byte; a buffer that is too short is <see cref="Errno.NameTooLong"/>.</summary>
    [HostFunction("fd_prestat_dir_name")]
    public static int FdPrestatDirName(ProcessContext context, int fd, int name, int nameLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = context.Wasi.Descriptors.Get(fd, out Descriptor descriptor);
        if (error != Errno.Success || !descriptor.IsPreopen)
            return (int)Errno.BadF;
        error = memory.Range(name, (uint)nameLength, out Span<byte> place);
        if (error == Errno.Success && !descriptor.PreopenName.TryCopyTo(place))
            error = Errno.NameTooLong;
        return (int)error;
    }

    /// <summary>Gives a descriptor the number of another open one, which is closed.</summary>
    [HostFunction("fd_renumber")]
    public static int FdRenumber(ProcessContext context, int fd, int to) => (int)context.Wasi.Descriptors.Renumber(fd, to);

    /// <summary>Moves a descriptor's offset and writes the new one (64 bits).</summary>
    [HostFunction("fd_seek")]
    public static int FdSeek(ProcessContext context, int fd, long offset, int whence, int position)
    {
        if ((uint)whence > (uint)Whence.End)
            return (int)Errno.Inval;
        bool moves = offset != 0 || (Whence)whence != Whence.Current;
        return Seek(context, fd, moves ? Rights.FdSeek : Rights.FdTell, offset, (Whence)whence, position);
    }

    /// <summary>Writes a descriptor's offset (64 bits).</summary>
    [HostFunction("fd_tell")]
    public static int FdTell(ProcessContext context, int fd, int position) => Seek(context, fd, Rights.FdTell, 0, Whence.Current, position);

    private static int Seek(ProcessContext context, int fd, Rights right, long offset, Whence whence, int position)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        DescriptorTable descriptors = context.Wasi.Descriptors;
        Errno error = descriptors.Get(fd, right, out Descriptor descriptor);
        // who may move the offset may see it
        if (error != Errno.Success && right == Rights.FdTell)
            error = descriptors.Get(fd, Rights.FdSeek, out descriptor);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Result64(position, out Span<byte> place);
        if (error != Errno.Success)
            return (int)error;
        error = descriptor.Seek(offset, whence, out long newPosition);
        if (error == Errno.Success)
            WasiMemory.Write(place, newPosition);
        return (int)error;
    }

    private static Errno GetFile(ProcessContext context, int fd, Rights right, out HostFile file)
    {
        Errno error = context.Wasi.Descriptors.Get(fd, right, out Descriptor descriptor);
        // rights alone tell files from others, so this is for good measure
        if (error == Errno.Success && descriptor is not FileDescriptor)
            error = Errno.BadF;
        file = (descriptor as FileDescriptor)?.File!;
        return error;
    }
}
