using System.Runtime.InteropServices;
using Lunatic.Wasm.Instances.Memory;

namespace Lunatic.Runtime.Memory;

/// <summary>
/// Makes the bytes of a slot's former owner zero. Pages that were touched are zeroed and stay, up to 256 KiB, since the next guest of the same module
/// touches the same ones; the rest is given back. Which pages were touched tells the system (<see cref="TouchedPages"/>); where it cannot, a tiny memory
/// is zeroed as a whole and anything bigger is given back as a whole.
/// </summary>
internal sealed unsafe class SlotCleaner : IDisposable
{
    private const long MaxKeptBytes = 256 << 10;
    private const long TinyBytes = 64 << 10;
    private const int MaxRegions = 32;

    private readonly TouchedPages? _touched;

    /// <param name="askForTouchedPages">False to do without the system's answer, as where it gives none.</param>
    public SlotCleaner(bool askForTouchedPages = true) => _touched = askForTouchedPages ? TouchedPages.TryOpen() : null;

    /// <summary>Whether the system tells which pages were touched.</summary>
    public bool KnowsTouchedPages => _touched is not null;

    /// <summary>Zeroes all bytes of a slot that its former owner may have written; its length is 0 then.</summary>
    public void Clean(MemorySlot slot)
    {
        if (_touched is not null)
            CleanTouched(slot.Address, slot.Length);
        else if (slot.Length <= TinyBytes)
            NativeMemory.Clear(slot.Address, (nuint)slot.Length);
        else
            Discard(slot.Address, slot.Length);
        slot.Length = 0;
    }

    /// <summary>Gives the pages of a range back to the system; it reads as zero.</summary>
    public static void Discard(byte* address, long bytes)
    {
        // Refused for pages that the application locked into memory (mlockall).
        if (bytes > 0 && !LinuxMemory.Discard(address, SystemMemoryAllocator.RoundUpToPages(bytes)))
            NativeMemory.Clear(address, (nuint)bytes);
    }

    public void Dispose() => _touched?.Dispose();

    private void CleanTouched(byte* address, long bytes)
    {
        if (bytes == 0)
            return;
        byte* end = address + SystemMemoryAllocator.RoundUpToPages(bytes);
        TouchedPages.Region* regions = stackalloc TouchedPages.Region[MaxRegions];
        int count = _touched!.Find(address, end, regions, MaxRegions, out byte* known);
        long kept = 0;
        for (int index = 0; index < count; index++)
        {
            long length = regions[index].End - regions[index].Start;
            if (kept + length > MaxKeptBytes)
            {
                known = regions[index].Start;
                break;
            }
            NativeMemory.Clear(regions[index].Start, (nuint)length);
            kept += length;
        }
        if (known < end)
            Discard(known, end - known);
    }
}
