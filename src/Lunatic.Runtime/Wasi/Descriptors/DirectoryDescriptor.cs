using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.Descriptors;

/// <summary>A directory: one that the host opened beforehand (shared, never closed here), or one that the guest opened through another.</summary>
internal sealed class DirectoryDescriptor : Descriptor
{
    private readonly byte[]? _preopenName;
    private List<DirectoryEntry>? _listing;

    /// <summary>A directory that the guest opened.</summary>
    public DirectoryDescriptor(HostDirectory directory, Rights rights, Rights inheriting, DescriptorFlags flags)
        : base(rights, inheriting)
    {
        Directory = directory;
        Flags = flags;
    }

    /// <summary>A directory that the host opened beforehand.</summary>
    public DirectoryDescriptor(HostDirectory directory, byte[] preopenName)
        : base(RightSets.Directory, RightSets.DirectoryInheriting)
    {
        Directory = directory;
        _preopenName = preopenName;
    }

    /// <summary>The directory.</summary>
    public HostDirectory Directory { get; }

    /// <inheritdoc/>
    public override FileType Type => FileType.Directory;

    /// <inheritdoc/>
    public override DescriptorFlags Flags { get; }

    /// <inheritdoc/>
    public override bool IsPreopen => _preopenName is not null;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> PreopenName => _preopenName;

    /// <inheritdoc/>
    public override Errno SetFlags(DescriptorFlags flags) => flags == Flags ? Errno.Success : Errno.Inval;

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status) => Directory.GetStatus(out status);

    /// <inheritdoc/>
    public override Errno SetTimes(Timespec access, Timespec modification) => Directory.SetTimes(access, modification);

    /// <inheritdoc/>
    public override Errno Sync(bool metadata) => Directory.Sync();

    /// <summary>Whether there is a listing.</summary>
    public bool IsListed => _listing is not null;

    /// <summary>Takes the listing, which stays the same until this is called again. The process waits meanwhile.</summary>
    public Errno List()
    {
        Errno error = Directory.List(out List<DirectoryEntry> entries);
        if (error == Errno.Success)
            _listing = entries;
        return error;
    }

    /// <summary>Writes entries of the listing from <paramref name="cookie"/> (0: the first) on, until the buffer is full; the last one may be cut.</summary>
    /// <returns>Number of bytes.</returns>
    public int ReadEntries(Span<byte> target, ulong cookie)
    {
        List<DirectoryEntry> listing = _listing ?? [];
        int count = 0;
        for (ulong index = cookie; index < (ulong)listing.Count && count < target.Length; index++)
            count += listing[(int)index].Write(target[count..], index + 1);
        return count;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (!IsPreopen)
            Directory.Dispose();
    }
}
