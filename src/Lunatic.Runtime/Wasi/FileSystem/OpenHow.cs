using System.Runtime.InteropServices;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>The argument of Linux's openat2 (<c>struct open_how</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}
