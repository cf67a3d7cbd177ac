using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>
/// The directory that holds the last component of a path, and that component: what calls that create, remove or rename a name work on.
/// Those never follow a symbolic link in the last component, so a resolved directory makes them safe.
/// </summary>
internal readonly ref struct ParentDirectory
{
    private readonly DescriptorHandle? _opened;

    private ParentDirectory(DescriptorHandle handle, DescriptorHandle? opened, ReadOnlySpan<byte> name)
    {
        Handle = handle;
        _opened = opened;
        Name = name;
    }

    /// <summary>The directory.</summary>
    public DescriptorHandle Handle { get; }

    /// <summary>The last component with a zero byte, and with the slashes that the guest put behind it.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Resolves the directory of a path; the path cannot be used afterwards.</summary>
    public static Errno TryOpen(PathResolver resolver, DescriptorHandle root, GuestPath path, out ParentDirectory parent)
    {
        parent = default;
        Errno error = path.Split(out ReadOnlySpan<byte> directory, out ReadOnlySpan<byte> name);
        if (error != Errno.Success)
            return error;
        DescriptorHandle? opened = null;
        if (directory.Length > 1)
        {
            error = resolver.Open(root, directory, LinuxFlags.PathOnly | LinuxFlags.Directory, 0, out opened);
            if (error != Errno.Success)
                return error;
        }
        parent = new ParentDirectory(opened ?? root, opened, name);
        return Errno.Success;
    }

    /// <summary>Closes the directory if it was opened for this.</summary>
    public void Dispose() => _opened?.Dispose();
}
