using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.Descriptors;

/// <summary>A standard stream: has no offset, and its flags concern this process alone.</summary>
internal abstract class StreamDescriptor(Rights rights) : Descriptor(rights, Rights.None)
{
    private DescriptorFlags _flags;

    /// <inheritdoc/>
    public override DescriptorFlags Flags => _flags;

    /// <inheritdoc/>
    public override Errno SetFlags(DescriptorFlags flags)
    {
        if ((flags & ~(DescriptorFlags.Append | DescriptorFlags.NonBlock)) != 0)
            return Errno.NotSup;
        _flags = flags;
        return Errno.Success;
    }

    /// <inheritdoc/>
    public override Errno Refuse(Rights missing) => (missing & ~(Rights.FdSeek | Rights.FdTell)) == 0 ? Errno.SPipe : Errno.NotCapable;
}
