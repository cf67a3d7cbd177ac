using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Instances.Memory;

/// <summary>
/// The memory calls of Linux, the one place that makes them. Addresses and lengths are whole pages of mappings that the caller owns alone, and nobody
/// uses a range after it was unmapped or moved: that is all these calls need to be safe. Lengths are positive and fit <see cref="nuint"/> (64-bit process).
/// </summary>
internal static unsafe partial class LinuxMemory
{
    private const int ReadWrite = 1 | 2;
    private const int Private = 0x02;
    private const int Fixed = 0x10;
    private const int Anonymous = 0x20;
    private const int NoReserve = 0x4000;
    private const int MayMove = 1;
    private const int AdviseDontNeed = 4;
    private const int AdviseNoHugePage = 15;

    /// <summary>Maps zeroed pages that cost nothing until they are touched; null when the system refuses.</summary>
    public static byte* Map(long bytes) =>
        Checked(mmap(null, (nuint)bytes, ReadWrite, Private | Anonymous | NoReserve, -1, 0));

    /// <summary>Puts new zeroed pages where the caller's old ones were; false when the system refuses, and the old pages may then be there or not.</summary>
    public static bool MapAt(byte* address, long bytes) =>
        Checked(mmap(address, (nuint)bytes, ReadWrite, Private | Anonymous | NoReserve | Fixed, -1, 0)) != null;

    /// <summary>Gives the pages and their addresses back.</summary>
    public static void Unmap(byte* address, long bytes) => _ = munmap(address, (nuint)bytes);

    /// <summary>Makes a mapping longer, elsewhere if it must be; new pages are zeroed. Null, with the old mapping untouched, when the system refuses.</summary>
    public static byte* Resize(byte* address, long oldBytes, long newBytes) =>
        Checked(mremap(address, (nuint)oldBytes, (nuint)newBytes, MayMove, null));

    /// <summary>Drops the contents: the pages read as zero and use no memory until they are touched again. False when the system refuses.</summary>
    public static bool Discard(byte* address, long bytes) => madvise(address, (nuint)bytes, AdviseDontNeed) == 0;

    /// <summary>Keeps the system from backing a few touched bytes with a page of 2 MiB.</summary>
    public static void ForbidHugePages(byte* address, long bytes) => _ = madvise(address, (nuint)bytes, AdviseNoHugePage);

    private static byte* Checked(byte* result) => (nint)result == -1 ? null : result;

    [LibraryImport("libc")]
    private static partial byte* mmap(byte* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc")]
    private static partial int munmap(byte* address, nuint length);

    [LibraryImport("libc")]
    private static partial byte* mremap(byte* address, nuint oldLength, nuint newLength, int flags, byte* newAddress);

    [LibraryImport("libc")]
    private static partial int madvise(byte* address, nuint length, int advice);
}
