using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Wasi.Descriptors;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

// path_*: paths are UTF-8 without zero bytes, of 4095 bytes at most, relative to a directory that they cannot leave (perm)
internal static partial class WasiApi
{
    /// <summary>Creates a directory.</summary>
    [HostFunction("path_create_directory")]
    public static int PathCreateDirectory(ProcessContext context, int fd, int path, int pathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathCreateDirectory, path, pathLength, out HostDirectory directory, out byte[] name);
        return error == Errno.Success ? DiskOperation.Wait(context, () => directory.CreateDirectory(GuestPath.Of(name))) : (int)error;
    }

    /// <summary>Writes what is known about a file (<c>$filestat</c>, 64 bytes).</summary>
    [HostFunction("path_filestat_get")]
    public static int PathFilestatGet(ProcessContext context, int fd, int flags, int path, int pathLength, int stat)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathFileStatGet, path, pathLength, out HostDirectory directory, out byte[] name);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Structure(stat, FileStatus.Bytes, FileStatus.Alignment, out _);
        if (error != Errno.Success)
            return (int)error;
        error = ReadLookupFlags(flags, out bool follow);
        if (error != Errno.Success)
            return (int)error;
        FileStatus status = default;
        return DiskOperation.Wait(context, () => directory.GetStatus(GuestPath.Of(name), follow, out status), context =>
        {
            if (new WasiMemory(context.Caller.Memory).Structure(stat, FileStatus.Bytes, FileStatus.Alignment, out Span<byte> place) == Errno.Success)
                status.Write(place);
            return Errno.Success;
        });
    }

    /// <summary>Sets a file's access and modification time, nanoseconds since 1970, as <paramref name="timeFlags"/> (<c>$fstflags</c>) says.</summary>
    [HostFunction("path_filestat_set_times")]
    public static int PathFilestatSetTimes(
        ProcessContext context, int fd, int flags, int path, int pathLength, long access, long modification, int timeFlags)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathFileStatSetTimes, path, pathLength, out HostDirectory directory, out byte[] name);
        if (error != Errno.Success)
            return (int)error;
        error = ReadLookupFlags(flags, out bool follow);
        if (error != Errno.Success)
            return (int)error;
        error = ReadTimes(context, access, modification, timeFlags, out Timespec newAccess, out Timespec newModification);
        return error == Errno.Success ? DiskOperation.Wait(context, () => directory.SetTimes(GuestPath.Of(name), follow, newAccess, newModification)) : (int)error;
    }

    /// <summary>Gives a file a second name. Symbolic links are not followed; asking for it is <see cref="Errno.Inval"/>.</summary>
    [HostFunction("path_link")]
    public static int PathLink(ProcessContext context, int oldFd, int oldFlags, int oldPath, int oldPathLength, int newFd, int newPath, int newPathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        if (oldFlags != 0)
            return (int)Errno.Inval;
        Errno error = GetDirectoryAndPath(
            context, memory, oldFd, Rights.PathLinkSource, oldPath, oldPathLength, out HostDirectory from, out byte[] oldName);
        if (error != Errno.Success)
            return (int)error;
        error = GetDirectoryAndPath(
            context, memory, newFd, Rights.PathLinkTarget, newPath, newPathLength, out HostDirectory to, out byte[] newName);
        return error == Errno.Success ? DiskOperation.Wait(context, () => from.Link(GuestPath.Of(oldName), to, GuestPath.Of(newName))) : (int)error;
    }

    /// <summary>Writes what a symbolic link says, cut at the buffer's end, and the number of bytes (32 bits).</summary>
    [HostFunction("path_readlink")]
    public static int PathReadlink(ProcessContext context, int fd, int path, int pathLength, int buffer, int bufferLength, int used)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathReadLink, path, pathLength, out HostDirectory directory, out byte[] name);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Result32(used, out _);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Range(buffer, (uint)bufferLength, out Span<byte> target);
        if (error != Errno.Success)
            return (int)error;
        byte[] link = new byte[Math.Min(target.Length, GuestPath.BufferBytes)];
        int count = 0;
        return DiskOperation.Wait(context, () => directory.ReadLink(GuestPath.Of(name), link, out count), context =>
        {
            var memory = new WasiMemory(context.Caller.Memory);
            if (memory.Range(buffer, count, out Span<byte> target) == Errno.Success && memory.Result32(used, out Span<byte> place) == Errno.Success)
            {
                link.AsSpan(0, count).CopyTo(target);
                WasiMemory.Write(place, count);
            }
            return Errno.Success;
        });
    }

    /// <summary>Removes an empty directory.</summary>
    [HostFunction("path_remove_directory")]
    public static int PathRemoveDirectory(ProcessContext context, int fd, int path, int pathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathRemoveDirectory, path, pathLength, out HostDirectory directory, out byte[] name);
        return error == Errno.Success ? DiskOperation.Wait(context, () => directory.RemoveDirectory(GuestPath.Of(name))) : (int)error;
    }

    /// <summary>Renames a file or directory, into another directory if need be; what has the new name is replaced.</summary>
    [HostFunction("path_rename")]
    public static int PathRename(ProcessContext context, int oldFd, int oldPath, int oldPathLength, int newFd, int newPath, int newPathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, oldFd, Rights.PathRenameSource, oldPath, oldPathLength, out HostDirectory from, out byte[] oldName);
        if (error != Errno.Success)
            return (int)error;
        error = GetDirectoryAndPath(
            context, memory, newFd, Rights.PathRenameTarget, newPath, newPathLength, out HostDirectory to, out byte[] newName);
        return error == Errno.Success ? DiskOperation.Wait(context, () => from.Rename(GuestPath.Of(oldName), to, GuestPath.Of(newName))) : (int)error;
    }

    /// <summary>Creates a symbolic link that says <paramref name="target"/>, which must be relative.</summary>
    [HostFunction("path_symlink")]
    public static int PathSymlink(ProcessContext context, int target, int targetLength, int fd, int path, int pathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = ReadPath(memory, target, targetLength, out byte[] text);
        if (error != Errno.Success)
            return (int)error;
        error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathSymlink, path, pathLength, out HostDirectory directory, out byte[] name);
        return error == Errno.Success ? DiskOperation.Wait(context, () => directory.Symlink(GuestPath.Of(text), GuestPath.Of(name))) : (int)error;
    }

    /// <summary>Removes a file or symbolic link.</summary>
    [HostFunction("path_unlink_file")]
    public static int PathUnlinkFile(ProcessContext context, int fd, int path, int pathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathUnlinkFile, path, pathLength, out HostDirectory directory, out byte[] name);
        return error == Errno.Success ? DiskOperation.Wait(context, () => directory.UnlinkFile(GuestPath.Of(name))) : (int)error;
    }

    private static Errno GetDirectoryAndPath(
        ProcessContext context, WasiMemory memory, int fd, Rights right, int pointer, int length, out HostDirectory directory, out byte[] path)
    {
        path = [];
        Errno error = context.Wasi.Descriptors.GetDirectory(fd, right, out DirectoryDescriptor descriptor);
        directory = error == Errno.Success ? descriptor.Directory : null!;
        return error == Errno.Success ? ReadPath(memory, pointer, length, out path) : error;
    }
}
