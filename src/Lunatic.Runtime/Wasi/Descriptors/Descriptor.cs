using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.Descriptors;

/// <summary>
/// What a guest's file descriptor stands for. Rights are checked by <see cref="DescriptorTable.Get(int, Rights, out Descriptor)"/> before
/// these methods are called; a kind of descriptor overrides what its rights allow.
/// </summary>
internal abstract class Descriptor(Rights rights, Rights inheriting) : IDisposable
{
    /// <summary>What may be done with it.</summary>
    public Rights Rights { get; private set; } = rights;

    /// <summary>Most rights of descriptors that are opened through it.</summary>
    public Rights Inheriting { get; private set; } = inheriting;

    /// <summary>The kind of file.</summary>
    public abstract FileType Type { get; }

    /// <summary>How it reads and writes.</summary>
    public virtual DescriptorFlags Flags => DescriptorFlags.None;

    /// <summary>The name that the guest knows it by, in UTF-8, if the host opened it beforehand.</summary>
    public virtual ReadOnlySpan<byte> PreopenName => default;

    /// <summary>Whether the host opened it beforehand.</summary>
    public virtual bool IsPreopen => false;

    /// <summary>Gives up rights for ever; none can be added.</summary>
    public Errno Narrow(Rights rights, Rights inheriting)
    {
        if ((rights & ~Rights) != 0 || (inheriting & ~Inheriting) != 0)
            return Errno.NotCapable;
        Rights = rights;
        Inheriting = inheriting;
        return Errno.Success;
    }

    /// <summary>Why something is refused for which the right is missing.</summary>
    public virtual Errno Refuse(Rights missing) => Errno.NotCapable;

    /// <summary>Reads at the offset; 0 bytes at the end.</summary>
    public virtual Errno Read(Span<byte> target, out int count)
    {
        count = 0;
        return Errno.BadF;
    }

    /// <summary>Reads at a given offset.</summary>
    public virtual Errno ReadAt(Span<byte> target, long offset, out int count)
    {
        count = 0;
        return Errno.SPipe;
    }

    /// <summary>Writes at the offset.</summary>
    public virtual Errno Write(ReadOnlySpan<byte> data, out int count)
    {
        count = 0;
        return Errno.BadF;
    }

    /// <summary>Writes at a given offset.</summary>
    public virtual Errno WriteAt(ReadOnlySpan<byte> data, long offset, out int count)
    {
        count = 0;
        return Errno.SPipe;
    }

    /// <summary>Moves the offset.</summary>
    public virtual Errno Seek(long offset, Whence whence, out long position)
    {
        position = 0;
        return Errno.SPipe;
    }

    /// <summary>Sets how it reads and writes.</summary>
    public virtual Errno SetFlags(DescriptorFlags flags) => flags == DescriptorFlags.None ? Errno.Success : Errno.NotSup;

    /// <summary>What is known about the file.</summary>
    public virtual Errno GetStatus(out FileStatus status)
    {
        status = new FileStatus { Type = Type };
        return Errno.Success;
    }

    /// <summary>Sets access and modification time.</summary>
    public virtual Errno SetTimes(FileSystem.Timespec access, FileSystem.Timespec modification) => Errno.NotSup;

    /// <summary>Waits until everything is stored.</summary>
    public virtual Errno Sync(bool metadata) => Errno.Success;

    /// <summary>Closes what belongs to this descriptor alone.</summary>
    public virtual void Dispose()
    {
    }
}
