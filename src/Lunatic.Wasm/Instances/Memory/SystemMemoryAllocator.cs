namespace Lunatic.Wasm.Instances.Memory;

/// <summary>Chooses the plain allocator of the system that the process runs on.</summary>
internal static class SystemMemoryAllocator
{
    /// <summary>
    /// What is reserved at most so that a memory need not move when it grows: the whole range of a 32-bit memory. Address space is 128 TiB
    /// on the 64-bit systems, so it ends after some 30,000 such memories; then and beyond this length memories move.
    /// </summary>
    public const long MaxReservation = 4L << 30;

    public static WasmMemoryAllocator Create()
    {
        if (!Environment.Is64BitProcess)
            return new HeapMemoryAllocator();
        if (OperatingSystem.IsLinux())
            return new LinuxMemoryAllocator();
        return OperatingSystem.IsWindows() ? new WindowsMemoryAllocator() : new HeapMemoryAllocator();
    }

    /// <summary>How much to reserve for a memory of <paramref name="bytes"/>, in whole pages of the system; -1 when that is beyond 64-bit arithmetic.</summary>
    public static long Reservation(long bytes, long maximumBytes) =>
        RoundUpToPages(Math.Max(bytes, Math.Min(maximumBytes, MaxReservation)));

    /// <summary>Rounds up to whole pages of the system; -1 when the result is beyond 64-bit arithmetic.</summary>
    public static long RoundUpToPages(long bytes)
    {
        long page = Environment.SystemPageSize;
        return bytes > long.MaxValue - page ? -1 : (bytes + page - 1) / page * page;
    }
}
