using System.Text;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>
/// An open directory of the host, and what can be done with paths beneath it. Safe for several threads: pre-opened directories are shared by
/// all processes of a configuration.
/// </summary>
internal sealed class HostDirectory : IDisposable
{
    // before the mask of the host's process
    private const uint NewDirectoryMode = 0x1ff;
    private const uint NewFileMode = 0x1b6;

    private readonly DescriptorHandle _handle;
    private readonly PathResolver _resolver;

    private HostDirectory(DescriptorHandle handle, PathResolver resolver)
    {
        _handle = handle;
        _resolver = resolver;
    }

    /// <summary>Opens a directory of the host by its path.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="IOException">Another reason of the system.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no way to keep a guest in a directory yet.</exception>
    public static HostDirectory OpenHostPath(string path, PathResolver? resolver = null)
    {
        if (!LinuxCalls.AreSupported)
            throw new PlatformNotSupportedException($"cannot give guests the directory '{path}': directories for guests are implemented for 64-bit Linux only so far");
        DescriptorHandle handle = LinuxCalls.Open(
            in ZeroTerminated.FromString(path)[0], LinuxFlags.ReadOnly | LinuxFlags.Directory | LinuxFlags.CloseOnExec, 0);
        if (!handle.IsInvalid)
            return new HostDirectory(handle, resolver ?? PathResolver.Default);
        Errno error = LinuxErrors.Last();
        handle.Dispose();
        throw error switch
        {
            Errno.NoEnt => new DirectoryNotFoundException($"the directory '{path}' for guests does not exist"),
            Errno.NotDir => new DirectoryNotFoundException($"'{path}', named as a directory for guests, is not a directory"),
            Errno.Acces => new UnauthorizedAccessException($"the directory '{path}' for guests may not be read"),
            _ => new IOException($"the directory '{path}' for guests cannot be opened: {error}"),
        };
    }

    /// <summary>Opens a file or directory: one of the two results is set on success.</summary>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a symbolic link at the end is followed.</param>
    /// <param name="flags">Access and <see cref="LinuxFlags"/>.</param>
    /// <param name="file">The file, if it is one.</param>
    /// <param name="directory">The directory, if it is one.</param>
    public Errno Open(GuestPath path, bool follow, int flags, out HostFile? file, out HostDirectory? directory)
    {
        file = null;
        directory = null;
        // no call on a pipe or device waits for its other side
        int all = flags | LinuxFlags.NonBlock | LinuxFlags.NoControllingTerminal | (follow ? 0 : LinuxFlags.NoFollow);
        Errno error = _resolver.Open(_handle, path.Terminated, all, NewFileMode, out DescriptorHandle? handle);
        if (error != Errno.Success)
            return error;
        error = GetStatus(handle!, out Statx status);
        if (error != Errno.Success)
        {
            handle!.Dispose();
            return error;
        }
        if (status.Type == FileType.Directory)
            directory = new HostDirectory(handle!, _resolver);
        else
            file = new HostFile(handle!, status.Type, flags & ~(LinuxFlags.Create | LinuxFlags.Exclusive | LinuxFlags.Truncate));
        return Errno.Success;
    }

    /// <summary>Opens a directory in this one by its path, which cannot lead out.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory, or the path leads out.</exception>
    public HostDirectory OpenDirectory(string path)
    {
        Errno error = GuestPath.TryCreate(Encoding.UTF8.GetBytes(path), stackalloc byte[GuestPath.BufferBytes], out GuestPath parsed);
        HostDirectory? directory = null;
        if (error == Errno.Success)
            error = Open(parsed, follow: true, LinuxFlags.ReadOnly | LinuxFlags.Directory, out _, out directory);
        return directory ?? throw new DirectoryNotFoundException($"the directory '{path}' for guests cannot be opened in that of its maker: {error}");
    }

    /// <summary>Opens the directory that holds the last component of a path, for names to be looked up in; the path cannot be used afterwards.</summary>
    /// <param name="path">The path; it may name what does not exist.</param>
    /// <param name="parent">The directory, to be closed by the caller; null after an error.</param>
    /// <param name="name">The last component.</param>
    public Errno OpenParent(GuestPath path, out DescriptorHandle? parent, out byte[] name)
    {
        parent = null;
        name = [];
        Errno error = path.Split(out ReadOnlySpan<byte> directory, out ReadOnlySpan<byte> last);
        if (error != Errno.Success)
            return error;
        last = last[..^1];
        if (last is [.., (byte)'/'] || last.SequenceEqual("."u8) || last.SequenceEqual(".."u8))
            return Errno.IsDir;
        name = last.ToArray();
        return _resolver.Open(_handle, directory.Length > 1 ? directory : ZeroTerminated.Here, LinuxFlags.PathOnly | LinuxFlags.Directory, 0, out parent);
    }

    /// <summary>What is known about the directory itself.</summary>
    public Errno GetStatus(out FileStatus status)
    {
        Errno error = GetStatus(_handle, out Statx found);
        status = error == Errno.Success ? found.ToStatus() : default;
        return error;
    }

    /// <summary>What is known about a file.</summary>
    public Errno GetStatus(GuestPath path, bool follow, out FileStatus status)
    {
        status = default;
        Errno error = OpenPath(path, follow, out DescriptorHandle? handle);
        if (error != Errno.Success)
            return error;
        using (handle)
        {
            error = GetStatus(handle!, out Statx found);
            if (error == Errno.Success)
                status = found.ToStatus();
            return error;
        }
    }

    /// <summary>Sets the directory's own times.</summary>
    public Errno SetTimes(Timespec access, Timespec modification)
    {
        ReadOnlySpan<Timespec> times = [access, modification];
        return LinuxErrors.Check(LinuxCalls.SetTimes(_handle, in times[0]));
    }

    /// <summary>Sets a file's times.</summary>
    public Errno SetTimes(GuestPath path, bool follow, Timespec access, Timespec modification)
    {
        Errno error = OpenPath(path, follow, out DescriptorHandle? handle);
        if (error != Errno.Success)
            return error;
        using (handle)
        {
            ReadOnlySpan<Timespec> times = [access, modification];
            error = LinuxErrors.Check(LinuxCalls.SetTimesAt(handle!, in ZeroTerminated.Empty[0], in times[0], LinuxFlags.EmptyPath));
            // before Linux 5.8 the handle itself can only be named through /proc
            return error == Errno.Inval ? SetTimesByNumber(handle!, times) : error;
        }
    }

    /// <summary>Creates a directory.</summary>
    public Errno CreateDirectory(GuestPath path)
    {
        Errno error = ParentDirectory.TryOpen(_resolver, _handle, path, out ParentDirectory parent);
        if (error != Errno.Success)
            return error;
        using (parent)
            return LinuxErrors.Check(LinuxCalls.MakeDirectoryAt(parent.Handle, in parent.Name[0], NewDirectoryMode));
    }

    /// <summary>Removes an empty directory.</summary>
    public Errno RemoveDirectory(GuestPath path) => Unlink(path, LinuxFlags.RemoveDirectory);

    /// <summary>Removes a file or symbolic link.</summary>
    public Errno UnlinkFile(GuestPath path) => Unlink(path, 0);

    /// <summary>Renames a file or directory, to a path beneath the same or another directory.</summary>
    public Errno Rename(GuestPath path, HostDirectory newDirectory, GuestPath newPath)
    {
        Errno error = ParentDirectory.TryOpen(_resolver, _handle, path, out ParentDirectory parent);
        if (error != Errno.Success)
            return error;
        using (parent)
        {
            error = ParentDirectory.TryOpen(newDirectory._resolver, newDirectory._handle, newPath, out ParentDirectory newParent);
            if (error != Errno.Success)
                return error;
            using (newParent)
                return LinuxErrors.Check(LinuxCalls.RenameAt(parent.Handle, in parent.Name[0], newParent.Handle, in newParent.Name[0]));
        }
    }

    /// <summary>Gives a file a second name; a symbolic link itself gets it, not what it points to.</summary>
    public Errno Link(GuestPath path, HostDirectory newDirectory, GuestPath newPath)
    {
        // with a slash behind it the system would follow a link; and a directory can have no second name
        if (path.EndsWithSlash)
            return GetStatus(path, follow: true, out _) is Errno error and not Errno.Success ? error : Errno.Perm;
        Errno failure = ParentDirectory.TryOpen(_resolver, _handle, path, out ParentDirectory parent);
        if (failure != Errno.Success)
            return failure;
        using (parent)
        {
            failure = ParentDirectory.TryOpen(newDirectory._resolver, newDirectory._handle, newPath, out ParentDirectory newParent);
            if (failure != Errno.Success)
                return failure;
            using (newParent)
                return LinuxErrors.Check(LinuxCalls.LinkAt(parent.Handle, in parent.Name[0], newParent.Handle, in newParent.Name[0], 0));
        }
    }

    /// <summary>Creates a symbolic link. An absolute target is refused: no guest could follow it, but others of the host would.</summary>
    public Errno Symlink(GuestPath target, GuestPath path)
    {
        if (target.IsAbsolute)
            return Errno.Perm;
        Errno error = ParentDirectory.TryOpen(_resolver, _handle, path, out ParentDirectory parent);
        if (error != Errno.Success)
            return error;
        using (parent)
            return LinuxErrors.Check(LinuxCalls.SymlinkAt(in target.Terminated[0], parent.Handle, in parent.Name[0]));
    }

    /// <summary>Reads what a symbolic link says, as far as the buffer goes.</summary>
    public Errno ReadLink(GuestPath path, Span<byte> buffer, out int count)
    {
        count = 0;
        Errno error = OpenPath(path, follow: false, out DescriptorHandle? handle);
        if (error != Errno.Success)
            return error;
        using (handle)
        {
            error = GetStatus(handle!, out Statx status);
            if (error != Errno.Success)
                return error;
            // the system would say "no such file" for the empty path
            if (status.Type != FileType.SymbolicLink)
                return Errno.Inval;
            if (buffer.IsEmpty)
                return Errno.Success;
            nint length = LinuxCalls.ReadLinkAt(handle!, in ZeroTerminated.Empty[0], ref buffer[0], (nuint)buffer.Length);
            count = length < 0 ? 0 : (int)length;
            return LinuxErrors.Check(length);
        }
    }

    /// <summary>Lists the directory, with <c>.</c> and <c>..</c> first.</summary>
    public Errno List(out List<DirectoryEntry> entries) => DirectoryListing.Read(_handle, out entries);

    /// <summary>Waits until the directory is stored.</summary>
    public Errno Sync() => LinuxErrors.Check(LinuxCalls.Sync(_handle));

    /// <summary>Closes it.</summary>
    public void Dispose() => _handle.Dispose();

    internal static Errno GetStatus(DescriptorHandle handle, out Statx status) =>
        LinuxErrors.Check(LinuxCalls.Statx(handle, in ZeroTerminated.Empty[0], LinuxFlags.EmptyPath, LinuxFlags.BasicStatus, out status));

    private static Errno SetTimesByNumber(DescriptorHandle handle, ReadOnlySpan<Timespec> times)
    {
        // the handle is referenced for the whole call below as its directory argument, so its number stays its own
        byte[] path = ZeroTerminated.FromString($"/proc/self/fd/{handle.DangerousGetHandle()}");
        return LinuxErrors.Check(LinuxCalls.SetTimesAt(handle, in path[0], in times[0], 0));
    }

    private Errno OpenPath(GuestPath path, bool follow, out DescriptorHandle? handle) =>
        _resolver.Open(_handle, path.Terminated, LinuxFlags.PathOnly | (follow ? 0 : LinuxFlags.NoFollow), 0, out handle);

    private Errno Unlink(GuestPath path, int flags)
    {
        Errno error = ParentDirectory.TryOpen(_resolver, _handle, path, out ParentDirectory parent);
        if (error != Errno.Success)
            return error;
        using (parent)
            return LinuxErrors.Check(LinuxCalls.UnlinkAt(parent.Handle, in parent.Name[0], flags));
    }
}
