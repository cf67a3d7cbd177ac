using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Wasi.Descriptors;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

// path_open
internal static partial class WasiApi
{
    private const Rights ReadingRights = Rights.FdRead | Rights.FdReadDir;
    private const Rights WritingRights = Rights.FdWrite | Rights.FdAllocate | Rights.FdFileStatSetSize;

    /// <summary>
    /// Opens a file or directory and writes its descriptor (32 bits). It gets the wished rights as far as the directory may hand them on and they
    /// mean something for it; which of reading and writing it is opened for follows from them.
    /// </summary>
    [HostFunction("path_open")]
    public static int PathOpen(
        ProcessContext context, int fd, int lookupFlags, int path, int pathLength, int openFlags, long rights, long inheriting, int descriptorFlags, int opened)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        if ((uint)openFlags > 15 || (uint)descriptorFlags > 31)
            return (int)Errno.Inval;
        Errno error = ReadLookupFlags(lookupFlags, out bool follow);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Result32(opened, out _);
        return error == Errno.Success
            ? Open(context, memory, fd, follow, path, pathLength, (OpenFlags)openFlags, (Rights)rights, (Rights)inheriting, (DescriptorFlags)descriptorFlags, opened)
            : (int)error;
    }

    private static int Open(
        ProcessContext context, WasiMemory memory, int fd, bool follow, int path, int pathLength, OpenFlags how, Rights rights, Rights inheriting, DescriptorFlags flags, int opened)
    {
        DescriptorTable descriptors = context.Wasi.Descriptors;
        Errno error = descriptors.GetDirectory(fd, RightsToOpen(how), out DirectoryDescriptor parent);
        if (error != Errno.Success)
            return (int)error;
        error = ReadPath(memory, path, pathLength, out byte[] name);
        if (error != Errno.Success)
            return (int)error;
        // the kernel would create a file and then refuse it
        if (how.HasFlag(OpenFlags.Directory) && (how & (OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.Truncate)) != 0)
            return (int)Errno.Inval;
        if (descriptors.IsFull)
            return (int)Errno.MFile;
        rights &= parent.Inheriting;
        inheriting &= parent.Inheriting;
        HostFile? file = null;
        HostDirectory? directory = null;
        return DiskOperation.Wait(
            context,
            () => parent.Directory.Open(GuestPath.Of(name), follow, LinuxFlagsFor(how, rights, flags), out file, out directory),
            context =>
            {
                int number = context.Wasi.Descriptors.Add(directory is not null
                    ? new DirectoryDescriptor(directory, rights & RightSets.Directory, inheriting, flags)
                    : new FileDescriptor(file!, rights & RightSets.File, flags));
                if (new WasiMemory(context.Caller.Memory).Result32(opened, out Span<byte> place) == Errno.Success)
                    WasiMemory.Write(place, number);
                return Errno.Success;
            },
            () =>
            {
                file?.Dispose();
                directory?.Dispose();
            });
    }

    private static Rights RightsToOpen(OpenFlags how) => Rights.PathOpen
        | (how.HasFlag(OpenFlags.Create) ? Rights.PathCreateFile : Rights.None)
        | (how.HasFlag(OpenFlags.Truncate) ? Rights.PathFileStatSetSize : Rights.None);

    private static int LinuxFlagsFor(OpenFlags how, Rights rights, DescriptorFlags flags)
    {
        bool writes = (rights & WritingRights) != 0 || how.HasFlag(OpenFlags.Truncate);
        bool reads = (rights & ReadingRights) != 0;
        return (writes ? (reads ? LinuxFlags.ReadWrite : LinuxFlags.WriteOnly) : LinuxFlags.ReadOnly)
            | (how.HasFlag(OpenFlags.Create) ? LinuxFlags.Create : 0)
            | (how.HasFlag(OpenFlags.Exclusive) ? LinuxFlags.Exclusive : 0)
            | (how.HasFlag(OpenFlags.Truncate) ? LinuxFlags.Truncate : 0)
            | (how.HasFlag(OpenFlags.Directory) ? LinuxFlags.Directory : 0)
            | (flags.HasFlag(DescriptorFlags.Append) ? LinuxFlags.Append : 0)
            | (flags.HasFlag(DescriptorFlags.DSync) ? LinuxFlags.DSync : 0)
            | ((flags & (DescriptorFlags.Sync | DescriptorFlags.RSync)) != 0 ? LinuxFlags.Sync : 0);
    }
}
