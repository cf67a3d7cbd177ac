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
    private const int Anonymous = 0x20;
    private const int NoReserve = 0x4000;
    private const int MayMove = 1;
    private const int ToFixedAddress = 2;
    private const int DontUnmap = 4;
    private const int AdviseDontNeed = 4;
    private const int AdviseNoHugePage = 15;

    /// <summary>Maps zeroed pages that cost nothing until they are touched; null when the system refuses.</summary>
    public static byte* Map(long bytes) =>
        Checked(mmap(null, (nuint)bytes, ReadWrite, Private | Anonymous | NoReserve, -1, 0));

    /// <summary>Gives the pages and their addresses back.</summary>
    public static void Unmap(byte* address, long bytes) => _ = munmap(address, (nuint)bytes);

    /// <summary>Makes a mapping longer, elsewhere if it must be; new pages are zeroed. Null, with the old mapping untouched, when the system refuses.</summary>
    public static byte* Resize(byte* address, long oldBytes, long newBytes) =>
        Checked(mremap(address, (nuint)oldBytes, (nuint)newBytes, MayMove, null));

    /// <summary>
    /// Moves the contents of one mapping onto a part of another that the caller owns too. The old pages stay mapped and read as zero, so there is no
    /// moment in which somebody else's mapping could take their addresses. False when the system refuses: the old contents are untouched then, but the target
    /// may be unmapped.
    /// </summary>
    public static bool MoveContents(byte* from, long bytes, byte* to) =>
        Checked(mremap(from, (nuint)bytes, (nuint)bytes, MayMove | ToFixedAddress | DontUnmap, to)) != null;

    /// <summary>Whether <see cref="MoveContents"/> is there (Linux 5.7 and later; sandboxes that emulate Linux may lack it).</summary>
    public static bool CanMoveContents()
    {
        long page = Environment.SystemPageSize;
        byte* from = Map(page);
        byte* to = Map(2 * page);
        bool can = false;
        if (from != null && to != null)
        {
            *from = 1;
            can = MoveContents(from, page, to) && *from == 0 && *to == 1;
        }
        if (from != null)
            Unmap(from, page);
        // After a failure the system may have taken the target away; then its addresses are not ours to unmap.
        if (to != null)
            Unmap(can ? to : to + page, can ? 2 * page : page);
        return can;
    }

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
