using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.Descriptors;

/// <summary>
/// A file of the host that the guest opened. Reads and writes of regular files may wait for a disk; pipes and devices answer <see cref="Errno.Again"/> where they would wait.
/// </summary>
internal sealed class FileDescriptor(HostFile file, Rights rights, DescriptorFlags flags) : Descriptor(rights, Rights.None)
{
    private const DescriptorFlags Settable = DescriptorFlags.Append | DescriptorFlags.NonBlock;

    private DescriptorFlags _flags = flags;

    /// <summary>The file.</summary>
    public HostFile File { get; } = file;

    /// <inheritdoc/>
    public override FileType Type => File.Type;

    /// <inheritdoc/>
    public override DescriptorFlags Flags => _flags;

    /// <inheritdoc/>
    public override Errno Read(Span<byte> target, out int count) => File.Read(target, out count);

    /// <inheritdoc/>
    public override Errno ReadAt(Span<byte> target, long offset, out int count) => File.ReadAt(target, offset, out count);

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> data, out int count) => File.Write(data, out count);

    /// <inheritdoc/>
    public override Errno WriteAt(ReadOnlySpan<byte> data, long offset, out int count) => File.WriteAt(data, offset, out count);

    /// <inheritdoc/>
    public override Errno Seek(long offset, Whence whence, out long position) => File.Seek(offset, whence, out position);

    /// <inheritdoc/>
    public override Errno SetFlags(DescriptorFlags flags)
    {
        // how writes are synchronised is fixed when a file is opened
        if ((flags & ~Settable) != (_flags & ~Settable))
            return Errno.Inval;
        Errno error = File.SetAppend((flags & DescriptorFlags.Append) != 0);
        if (error == Errno.Success)
            _flags = flags;
        return error;
    }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status) => File.GetStatus(out status);

    /// <inheritdoc/>
    public override Errno SetTimes(Timespec access, Timespec modification) => File.SetTimes(access, modification);

    /// <inheritdoc/>
    public override Errno Sync(bool metadata) => File.Sync(metadata);

    /// <inheritdoc/>
    public override void Dispose() => File.Dispose();
}
