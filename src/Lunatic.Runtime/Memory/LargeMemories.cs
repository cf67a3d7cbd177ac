using Lunatic.Wasm.Instances.Memory;

namespace Lunatic.Runtime.Memory;

/// <summary>
/// Memories that have mappings of their own because they do not fit a slot. Their whole range is reserved at once where the system can, so a 32-bit memory
/// moves at most once in its life.
/// </summary>
internal sealed unsafe class LargeMemories(Quota mappings, bool useNewCalls)
{
    /// <summary>What was moved there remembers its old place and stays a mapping beside the rest of the range.</summary>
    private const int MappingsAfterMove = 2;

    private readonly bool _canMove = useNewCalls && LinuxMemory.CanMoveContents();

    /// <summary>Maps zeroed memory; null when the system or the mapping budget refuses.</summary>
    public MemorySlot? TryCreate(long bytes, long maximumBytes) => TryCreate(bytes, maximumBytes, 1);

    /// <summary>Moves the contents of an arena's slot to mappings of their own; the slot is left for its class to clean. Null, with nothing changed, on refusal.</summary>
    public MemorySlot? TryMoveFrom(MemorySlot slot, long newBytes)
    {
        if (TryCreate(newBytes, Math.Max(slot.MaximumBytes, newBytes), MappingsAfterMove) is not { } large)
            return null;
        long used = SystemMemoryAllocator.RoundUpToPages(slot.Length);
        if (!_canMove)
            CopyWritten(slot.Address, large.Address, used);
        else if (used > 0 && !LinuxMemory.MoveContents(slot.Address, used, large.Address))
        {
            // The system may have unmapped the target before it gave up, and somebody else may have its addresses now: leave them alone.
            LinuxMemory.Unmap(large.Address + used, large.Capacity - used);
            mappings.Return(MappingsAfterMove);
            return null;
        }
        return large;
    }

    /// <summary>Makes a large memory larger than its range. Null, with nothing changed, on refusal.</summary>
    public MemorySlot? TryEnlarge(MemorySlot slot, long newBytes)
    {
        long maximum = Math.Max(slot.MaximumBytes, newBytes);
        if (slot.Mappings == 1)
        {
            long capacity = SystemMemoryAllocator.RoundUpToPages(newBytes);
            byte* address = capacity < 0 ? null : LinuxMemory.Resize(slot.Address, slot.Capacity, capacity);
            if (address == null)
                return null;
            slot.MoveTo(address, capacity);
            return slot;
        }
        if (TryCreate(newBytes, maximum, 1) is not { } larger)
            return null;
        CopyWritten(slot.Address, larger.Address, SystemMemoryAllocator.RoundUpToPages(slot.Length));
        Release(slot);
        return larger;
    }

    public void Release(MemorySlot slot)
    {
        slot.InUse = false;
        LinuxMemory.Unmap(slot.Address, slot.Capacity);
        mappings.Return(slot.Mappings);
    }

    private MemorySlot? TryCreate(long bytes, long maximumBytes, int mappingCount)
    {
        if (!mappings.TryTake(mappingCount))
            return null;
        long capacity = SystemMemoryAllocator.Reservation(bytes, maximumBytes);
        byte* address = capacity < 0 ? null : LinuxMemory.Map(capacity);
        if (address == null)
        {
            capacity = SystemMemoryAllocator.RoundUpToPages(bytes);
            address = capacity < 0 ? null : LinuxMemory.Map(capacity);
        }
        if (address == null)
        {
            mappings.Return(mappingCount);
            return null;
        }
        return new MemorySlot(null, address, capacity) { Mappings = mappingCount, MaximumBytes = maximumBytes };
    }

    // Pages of zeroes are not written, so that what was never touched gets no memory.
    private static void CopyWritten(byte* from, byte* to, long bytes)
    {
        int page = Environment.SystemPageSize;
        for (long offset = 0; offset < bytes; offset += page)
        {
            ReadOnlySpan<byte> source = new(from + offset, page);
            if (source.ContainsAnyExcept((byte)0))
                source.CopyTo(new Span<byte>(to + offset, page));
        }
    }
}
