using Lunatic.Wasm;

namespace Lunatic.Runtime.Memory;

/// <summary>
/// Guest memories as slots of arenas (Linux): of 64 KiB for those that can never have more, else of 64 MiB. Taking a slot whose last owner's pages are still
/// there costs about a microsecond. Growing within a slot is only a longer length; a memory that outgrows its slot moves to mappings of its own, without
/// being copied. All mappings together stay within a budget, because a process may have only about 65,000 and the .NET runtime itself dies without them.
/// </summary>
internal sealed unsafe class SlotMemoryAllocator : WasmMemoryAllocator, IDisposable
{
    public const long TinyBytes = 64 << 10;
    public const long StandardBytes = 64 << 20;
    public const int DefaultMaxMappings = 16_000;

    private const int TinySlotsPerArena = 4096;
    private const int StandardSlotsPerArena = 64;

    private readonly Quota _mappings;
    private readonly SlotCleaner _cleaner;
    private readonly SlotClass _tiny;
    private readonly SlotClass _standard;
    private readonly LargeMemories _large;
    private long _slotsInUse;
    private volatile bool _disposed;

    /// <param name="maxMappings">The mapping budget.</param>
    /// <param name="useNewCalls">False to do without what only newer systems have, as on older ones: PAGEMAP_SCAN (6.7), MREMAP_DONTUNMAP (5.7).</param>
    public SlotMemoryAllocator(int maxMappings = DefaultMaxMappings, bool useNewCalls = true)
    {
        _mappings = new Quota(maxMappings);
        _cleaner = new SlotCleaner(useNewCalls);
        _tiny = new SlotClass(TinyBytes, TinySlotsPerArena, _mappings, _cleaner);
        _standard = new SlotClass(StandardBytes, StandardSlotsPerArena, _mappings, _cleaner);
        _large = new LargeMemories(_mappings, useNewCalls);
    }

    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>How many mappings arenas and large memories have at most.</summary>
    public long Mappings => _mappings.Used;

    /// <summary>How many memories are allocated and not released.</summary>
    public long SlotsInUse => Volatile.Read(ref _slotsInUse);

    public override bool TryAllocate(long bytes, long maximumBytes, out WasmMemoryBlock block)
    {
        CheckAllocation(bytes, maximumBytes);
        ObjectDisposedException.ThrowIf(_disposed, this);
        block = default;
        if (maximumBytes == 0)
            return true;
        MemorySlot? slot = bytes > StandardBytes ? _large.TryCreate(bytes, maximumBytes)
            : maximumBytes <= TinyBytes ? _tiny.TryTake()
            : _standard.TryTake();
        if (slot is null)
            return false;
        Interlocked.Increment(ref _slotsInUse);
        slot.InUse = true;
        slot.Length = bytes;
        slot.MaximumBytes = maximumBytes;
        block = new WasmMemoryBlock(slot.Address, slot.Capacity, slot);
        return true;
    }

    public override bool TryGrow(ref WasmMemoryBlock block, long oldBytes, long newBytes)
    {
        CheckGrowth(block, oldBytes, newBytes);
        if (block.Token is not MemorySlot slot)
            return newBytes == 0;
        CheckInUse(slot);
        if (newBytes > slot.Capacity)
        {
            MemorySlot? bigger = slot.Arena is null ? _large.TryEnlarge(slot, newBytes) : _large.TryMoveFrom(slot, newBytes);
            if (bigger is null)
                return false;
            if (slot.Arena is not null)
                Return(slot);
            slot = bigger;
            slot.InUse = true;
            block = new WasmMemoryBlock(slot.Address, slot.Capacity, slot);
        }
        slot.Length = newBytes;
        return true;
    }

    public override void Release(in WasmMemoryBlock block, long usedBytes)
    {
        if (block.Token is not MemorySlot slot)
            return;
        CheckInUse(slot);
        Interlocked.Decrement(ref _slotsInUse);
        slot.Length = Math.Max(slot.Length, usedBytes);
        if (slot.Arena is null)
            _large.Release(slot);
        else
            Return(slot);
    }

    /// <summary>Gives back the pages that free slots hold.</summary>
    public void ReleaseWarm()
    {
        _tiny.ReleaseWarm();
        _standard.ReleaseWarm();
    }

    /// <summary>Gives back what no guest uses, and the rest as soon as it is released. The owner sees to it that nothing is allocated meanwhile.</summary>
    public void Dispose()
    {
        _disposed = true;
        _tiny.Close();
        _standard.Close();
        _cleaner.Dispose();
    }

    private void Return(MemorySlot slot)
    {
        slot.InUse = false;
        (slot.Capacity == TinyBytes ? _tiny : _standard).Return(slot);
    }

    private static void CheckInUse(MemorySlot slot)
    {
        if (!slot.InUse)
            throw new InvalidOperationException("the memory was released already");
    }
}
