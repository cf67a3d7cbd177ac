using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Instances.Memory;

/// <summary>The memory calls of Windows, the one place that makes them. Ranges lie in reservations that the caller owns alone.</summary>
internal static unsafe partial class WindowsMemory
{
    private const uint CommitPages = 0x1000;
    private const uint ReservePages = 0x2000;
    private const uint ReleasePages = 0x8000;
    private const uint NoAccess = 0x01;
    private const uint ReadWrite = 0x04;

    /// <summary>Reserves addresses without memory behind them; null when the system refuses.</summary>
    public static byte* Reserve(long bytes) => VirtualAlloc(null, (nuint)bytes, ReservePages, NoAccess);

    /// <summary>Puts zeroed memory behind reserved addresses; what has some already keeps it. False when the system refuses.</summary>
    public static bool Commit(byte* address, long bytes) => VirtualAlloc(address, (nuint)bytes, CommitPages, ReadWrite) != null;

    /// <summary>Gives a whole reservation back.</summary>
    public static void Release(byte* address) => _ = VirtualFree(address, 0, ReleasePages);

    [LibraryImport("kernel32")]
    private static partial byte* VirtualAlloc(byte* address, nuint length, uint kind, uint protection);

    [LibraryImport("kernel32")]
    private static partial int VirtualFree(byte* address, nuint length, uint kind);
}
