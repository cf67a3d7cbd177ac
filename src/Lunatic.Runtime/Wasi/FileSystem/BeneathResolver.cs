using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>Lets the kernel resolve (openat2, Linux 5.6 and later): one call, and no race.</summary>
internal sealed class BeneathResolver : PathResolver
{
    // the kernel gives up with "try again" when something was renamed while it went through ".."; after that many times we walk ourselves
    private const int Attempts = 16;

    private readonly WalkingResolver _walking = new();

    /// <summary>Whether the kernel has openat2 and lets us call it.</summary>
    public static bool IsSupported()
    {
        if (!LinuxCalls.AreSupported)
            return false;
        using DescriptorHandle root = LinuxCalls.Open(in "/\0"u8[0], LinuxFlags.PathOnly | LinuxFlags.Directory | LinuxFlags.CloseOnExec, 0);
        if (root.IsInvalid)
            return false;
        using DescriptorHandle here = Call(root, ZeroTerminated.Here, LinuxFlags.PathOnly, 0);
        return !here.IsInvalid;
    }

    /// <inheritdoc/>
    public override Errno Open(DescriptorHandle directory, ReadOnlySpan<byte> path, int flags, uint mode, out DescriptorHandle? handle)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            handle = Call(directory, path, flags, mode);
            if (!handle.IsInvalid)
                return Errno.Success;
            int error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            if (error is LinuxErrors.TryAgain or LinuxErrors.Interrupted)
                continue;
            handle = null;
            // openat2 has no other reason for "cross device" than a path that leads out
            return error == LinuxErrors.CrossDevice ? Errno.Perm : LinuxErrors.Map(error);
        }
        return _walking.Open(directory, path, flags, mode, out handle);
    }

    private static DescriptorHandle Call(DescriptorHandle directory, ReadOnlySpan<byte> path, int flags, uint mode)
    {
        var how = new OpenHow
        {
            Flags = (uint)(flags | LinuxFlags.CloseOnExec),
            // refused by the kernel where nothing is created
            Mode = (flags & LinuxFlags.Create) != 0 ? mode : 0,
            Resolve = LinuxFlags.ResolveBeneath | LinuxFlags.ResolveNoMagicLinks,
        };
        return LinuxCalls.OpenAt2(LinuxFlags.OpenAt2Call, directory, in path[0], in how, (nuint)Unsafe.SizeOf<OpenHow>());
    }
}
