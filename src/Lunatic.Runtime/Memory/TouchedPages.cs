using System.Runtime.InteropServices;
using Lunatic.Wasm.Instances.Memory;
using Microsoft.Win32.SafeHandles;

namespace Lunatic.Runtime.Memory;

/// <summary>
/// Asks the system which pages of a range have memory behind them: the PAGEMAP_SCAN request of Linux 6.7 and later
/// (https://docs.kernel.org/admin-guide/mm/pagemap.html). The kernel writes only into the buffers that a call hands it.
/// </summary>
internal sealed unsafe partial class TouchedPages : IDisposable
{
    private const ulong ScanRequest = 0xC060_6610;
    private const ulong IsPresent = 1 << 3;
    private const ulong IsSwapped = 1 << 4;
    private const ulong IsSharedZeroPage = 1 << 5;

    private readonly SafeFileHandle _pagemap;

    private TouchedPages(SafeFileHandle pagemap) => _pagemap = pagemap;

    /// <summary>Null where the system does not offer it.</summary>
    public static TouchedPages? TryOpen()
    {
        SafeFileHandle pagemap;
        try
        {
            pagemap = File.OpenHandle("/proc/self/pagemap", share: FileShare.ReadWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        TouchedPages touched = new(pagemap);
        if (touched.FindsWhatIsTouched())
            return touched;
        touched.Dispose();
        return null;
    }

    /// <summary>Finds the touched pages of a range, in order.</summary>
    /// <param name="start">The first page.</param>
    /// <param name="end">Behind the last page.</param>
    /// <param name="regions">Where the answer goes.</param>
    /// <param name="maxRegions">How many fit there.</param>
    /// <param name="known">Up to here the answer is complete; less than <paramref name="end"/> when there were more regions, or the system failed.</param>
    /// <returns>How many regions were found.</returns>
    public int Find(byte* start, byte* end, Region* regions, int maxRegions, out byte* known)
    {
        Scan scan = new()
        {
            Size = (ulong)sizeof(Scan),
            Start = (ulong)start,
            End = (ulong)end,
            Regions = (ulong)regions,
            RegionCount = (ulong)maxRegions,
            // Present or swapped out, but not the page of zeroes that reading an untouched page shows.
            RequiredInverted = IsSharedZeroPage,
            Required = IsSharedZeroPage,
            AnyOf = IsPresent | IsSwapped,
            Returned = IsPresent | IsSwapped,
        };
        int count = ioctl(_pagemap, ScanRequest, &scan);
        known = count < 0 ? start : (byte*)scan.WalkEnd;
        return Math.Max(count, 0);
    }

    public void Dispose() => _pagemap.Dispose();

    // Not only whether the call is there but whether it tells the truth: sandboxes that emulate Linux exist.
    private bool FindsWhatIsTouched()
    {
        long page = Environment.SystemPageSize;
        byte* probe = LinuxMemory.Map(4 * page);
        if (probe == null)
            return false;
        probe[page] = 1;
        Region* regions = stackalloc Region[4];
        int count = Find(probe, probe + 4 * page, regions, 4, out byte* known);
        bool right = count == 1 && known == probe + 4 * page && regions[0].Start == probe + page && regions[0].End == probe + 2 * page;
        LinuxMemory.Unmap(probe, 4 * page);
        return right;
    }

    [LibraryImport("libc")]
    private static partial int ioctl(SafeFileHandle file, ulong request, Scan* scan);

    /// <summary>The kernel's struct page_region.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Region
    {
        public byte* Start;
        public byte* End;
        public ulong Categories;
    }

    /// <summary>The kernel's struct pm_scan_arg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Scan
    {
        public ulong Size;
        public ulong Flags;
        public ulong Start;
        public ulong End;
        public ulong WalkEnd;
        public ulong Regions;
        public ulong RegionCount;
        public ulong MaxPages;
        public ulong RequiredInverted;
        public ulong Required;
        public ulong AnyOf;
        public ulong Returned;
    }
}
