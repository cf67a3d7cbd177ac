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
            context, memory, fd, Rights.PathCreateDirectory, path, pathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory directory, out GuestPath name);
        return (int)(error == Errno.Success ? directory.CreateDirectory(name) : error);
    }

    /// <summary>Writes what is known about a file (<c>$filestat</c>, 64 bytes).</summary>
    [HostFunction("path_filestat_get")]
    public static int PathFilestatGet(ProcessContext context, int fd, int flags, int path, int pathLength, int stat)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathFileStatGet, path, pathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory directory, out GuestPath name);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Structure(stat, FileStatus.Bytes, FileStatus.Alignment, out Span<byte> place);
        if (error != Errno.Success)
            return (int)error;
        error = ReadLookupFlags(flags, out bool follow);
        if (error != Errno.Success)
            return (int)error;
        error = directory.GetStatus(name, follow, out FileStatus status);
        if (error == Errno.Success)
            status.Write(place);
        return (int)error;
    }

    /// <summary>Sets a file's access and modification time, nanoseconds since 1970, as <paramref name="timeFlags"/> (<c>$fstflags</c>) says.</summary>
    [HostFunction("path_filestat_set_times")]
    public static int PathFilestatSetTimes(
        ProcessContext context, int fd, int flags, int path, int pathLength, long access, long modification, int timeFlags)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathFileStatSetTimes, path, pathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory directory, out GuestPath name);
        if (error != Errno.Success)
            return (int)error;
        error = ReadLookupFlags(flags, out bool follow);
        if (error != Errno.Success)
            return (int)error;
        error = ReadTimes(context, access, modification, timeFlags, out Timespec newAccess, out Timespec newModification);
        return (int)(error == Errno.Success ? directory.SetTimes(name, follow, newAccess, newModification) : error);
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
            context, memory, oldFd, Rights.PathLinkSource, oldPath, oldPathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory from, out GuestPath oldName);
        if (error != Errno.Success)
            return (int)error;
        error = GetDirectoryAndPath(
            context, memory, newFd, Rights.PathLinkTarget, newPath, newPathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory to, out GuestPath newName);
        return (int)(error == Errno.Success ? from.Link(oldName, to, newName) : error);
    }

    /// <summary>Writes what a symbolic link says, cut at the buffer's end, and the number of bytes (32 bits).</summary>
    [HostFunction("path_readlink")]
    public static int PathReadlink(ProcessContext context, int fd, int path, int pathLength, int buffer, int bufferLength, int used)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathReadLink, path, pathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory directory, out GuestPath name);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Result32(used, out Span<byte> place);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Range(buffer, (uint)bufferLength, out Span<byte> target);
        if (error != Errno.Success)
            return (int)error;
        error = directory.ReadLink(name, target, out int count);
        if (error == Errno.Success)
            WasiMemory.Write(place, count);
        return (int)error;
    }

    /// <summary>Removes an empty directory.</summary>
    [HostFunction("path_remove_directory")]
    public static int PathRemoveDirectory(ProcessContext context, int fd, int path, int pathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathRemoveDirectory, path, pathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory directory, out GuestPath name);
        return (int)(error == Errno.Success ? directory.RemoveDirectory(name) : error);
    }

    /// <summary>Renames a file or directory, into another directory if need be; what has the new name is replaced.</summary>
    [HostFunction("path_rename")]
    public static int PathRename(ProcessContext context, int oldFd, int oldPath, int oldPathLength, int newFd, int newPath, int newPathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, oldFd, Rights.PathRenameSource, oldPath, oldPathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory from, out GuestPath oldName);
        if (error != Errno.Success)
            return (int)error;
        error = GetDirectoryAndPath(
            context, memory, newFd, Rights.PathRenameTarget, newPath, newPathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory to, out GuestPath newName);
        return (int)(error == Errno.Success ? from.Rename(oldName, to, newName) : error);
    }

    /// <summary>Creates a symbolic link that says <paramref name="target"/>, which must be relative.</summary>
    [HostFunction("path_symlink")]
    public static int PathSymlink(ProcessContext context, int target, int targetLength, int fd, int path, int pathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = ReadPath(memory, target, targetLength, stackalloc byte[GuestPath.BufferBytes], out GuestPath text);
        if (error != Errno.Success)
            return (int)error;
        error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathSymlink, path, pathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory directory, out GuestPath name);
        return (int)(error == Errno.Success ? directory.Symlink(text, name) : error);
    }

    /// <summary>Removes a file or symbolic link.</summary>
    [HostFunction("path_unlink_file")]
    public static int PathUnlinkFile(ProcessContext context, int fd, int path, int pathLength)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = GetDirectoryAndPath(
            context, memory, fd, Rights.PathUnlinkFile, path, pathLength, stackalloc byte[GuestPath.BufferBytes], out HostDirectory directory, out GuestPath name);
        return (int)(error == Errno.Success ? directory.UnlinkFile(name) : error);
    }

    private static Errno GetDirectoryAndPath(
        ProcessContext context, WasiMemory memory, int fd, Rights right, int pointer, int length, Span<byte> buffer, out HostDirectory directory, out GuestPath path)
    {
        path = default;
        Errno error = context.Wasi.Descriptors.GetDirectory(fd, right, out DirectoryDescriptor descriptor);
        directory = error == Errno.Success ? descriptor.Directory : null!;
        return error == Errno.Success ? ReadPath(memory, pointer, length, buffer, out path) : error;
    }
}
