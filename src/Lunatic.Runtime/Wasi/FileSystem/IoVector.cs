using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>A piece of memory as the system's calls take several (<c>iovec</c>). It must not move: guest memory does not, as it is unmanaged.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct IoVector
{
    private readonly void* _start;
    private readonly nuint _length;

    /// <summary>Describes unmanaged memory, or memory that is pinned.</summary>
    public IoVector(Span<byte> bytes)
    {
        _start = Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        _length = (nuint)bytes.Length;
    }
}
