using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>
/// Opens paths beneath a directory. Whatever a path contains (<c>..</c>, symbolic links, an absolute path), and whatever others change meanwhile,
/// what is opened lies beneath the directory; a path that leads out is <see cref="Errno.Perm"/>.
/// </summary>
internal abstract class PathResolver
{
    /// <summary>The best that this system has.</summary>
    public static PathResolver Default { get; } = BeneathResolver.IsSupported() ? new BeneathResolver() : new WalkingResolver();

    /// <summary>Opens a path.</summary>
    /// <param name="directory">Where the path starts and must stay.</param>
    /// <param name="path">The path, with a zero byte at its end.</param>
    /// <param name="flags"><see cref="LinuxFlags"/>; with NoFollow the last component may not be a symbolic link (with PathOnly it is opened itself).</param>
    /// <param name="mode">Permissions of a file that is created.</param>
    /// <param name="handle">What was opened; null after an error.</param>
    public abstract Errno Open(DescriptorHandle directory, ReadOnlySpan<byte> path, int flags, uint mode, out DescriptorHandle? handle);
}
