namespace Lunatic.Runtime.Memory;

/// <summary>
/// A few slots, the last used first, whose pages are still there. Never waits: while another thread is in it, it says that it is full or empty, and the
/// caller goes on to the next one.
/// </summary>
internal sealed class WarmSlots
{
    public const int Capacity = 128;

    // Allocated with the object, so that the counters of two neighbours do not share a cache line.
    private readonly MemorySlot?[] _slots = new MemorySlot?[Capacity];
    private int _entered;
    private int _count;

    public bool TryPush(MemorySlot slot)
    {
        if (Volatile.Read(ref _count) == Capacity || Interlocked.CompareExchange(ref _entered, 1, 0) != 0)
            return false;
        bool pushed = _count < Capacity;
        if (pushed)
            _slots[_count++] = slot;
        Volatile.Write(ref _entered, 0);
        return pushed;
    }

    public MemorySlot? TryPop()
    {
        if (Volatile.Read(ref _count) == 0 || Interlocked.CompareExchange(ref _entered, 1, 0) != 0)
            return null;
        MemorySlot? slot = null;
        if (_count > 0)
        {
            slot = _slots[--_count];
            _slots[_count] = null;
        }
        Volatile.Write(ref _entered, 0);
        return slot;
    }
}
