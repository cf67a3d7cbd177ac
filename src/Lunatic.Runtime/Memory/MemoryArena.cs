using Lunatic.Wasm.Instances.Memory;

namespace Lunatic.Runtime.Memory;

/// <summary>
/// One mapping cut into slots of equal size. Every access of a guest is checked against its length, so the slots need no guard pages and no mappings of
/// their own. Not thread safe: its <see cref="SlotClass"/> guards it.
/// </summary>
internal sealed unsafe class MemoryArena
{
    /// <summary>Slots begin where a page table does, so that the first 2 MiB of one need one table only.</summary>
    private const long Alignment = 2 << 20;

    private readonly byte* _mapping;
    private readonly byte* _base;
    private readonly long _stride;
    private readonly MemorySlot?[] _slots;
    private readonly MemorySlot[] _free;
    private int _created;
    private int _freeCount;

    private MemoryArena(byte* mapping, long stride, int slots)
    {
        _mapping = mapping;
        _base = (byte*)(((long)mapping + Alignment - 1) & -Alignment);
        _stride = stride;
        _slots = new MemorySlot?[slots];
        _free = new MemorySlot[slots];
    }

    /// <summary>The place in the class's list of arenas with a free slot; -1 outside.</summary>
    public int OpenIndex { get; set; } = -1;

    public bool IsFull => _created == _slots.Length && _freeCount == 0;

    /// <summary>Whether nobody has a slot of it.</summary>
    public bool IsUnused => _freeCount == _created;

    /// <summary>Reserves an arena; null when the system refuses.</summary>
    public static MemoryArena? Create(long stride, int slots)
    {
        byte* mapping = LinuxMemory.Map(MappedBytes(stride, slots));
        if (mapping == null)
            return null;
        // A guest that touches a few bytes must not get 2 MiB for them.
        LinuxMemory.ForbidHugePages(mapping, MappedBytes(stride, slots));
        return new MemoryArena(mapping, stride, slots);
    }

    /// <summary>Takes a slot whose bytes are all zero; the arena must not be full.</summary>
    public MemorySlot Take()
    {
        if (_freeCount > 0)
            return _free[--_freeCount];
        int index = _created++;
        return _slots[index] = new MemorySlot(this, _base + index * _stride, _stride);
    }

    /// <summary>Takes back a slot whose bytes are all zero.</summary>
    public void Return(MemorySlot slot) => _free[_freeCount++] = slot;

    /// <summary>Gives the arena back to the system; it must be unused, and is never used again.</summary>
    public void Unmap() => LinuxMemory.Unmap(_mapping, MappedBytes(_stride, _slots.Length));

    private static long MappedBytes(long stride, int slots) => stride * slots + Alignment;
}
