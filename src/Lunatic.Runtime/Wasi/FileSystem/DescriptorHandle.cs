using Microsoft.Win32.SafeHandles;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>An open file descriptor of the host. Calls of the system hold a reference on it, so it is never closed, and its number never reused, under a call.</summary>
internal sealed class DescriptorHandle : SafeHandleMinusOneIsInvalid
{
    /// <summary>For calls that return a handle.</summary>
    public DescriptorHandle()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Owns a descriptor; negative: the call failed.</summary>
    public DescriptorHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LinuxCalls.Close(handle) == 0;
}
