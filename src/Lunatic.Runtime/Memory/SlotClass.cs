namespace Lunatic.Runtime.Memory;

/// <summary>
/// All slots of one size. A free slot is either warm, with pages and bytes of its last owner, in a list near the processor that released it, and is cleaned
/// when it is reused; or clean, without pages, in its arena.
/// </summary>
internal sealed unsafe class SlotClass(long stride, int slotsPerArena, Quota mappings, SlotCleaner cleaner)
{
    /// <summary>Warm slots hold at most so many bytes each; what a bigger memory has beyond is given back at once.</summary>
    private const long MaxWarmBytes = 2 << 20;

    /// <summary>Arenas without a used slot that are kept for the next ones.</summary>
    private const int MaxUnusedArenas = 2;

    private readonly WarmSlots[] _warm = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new WarmSlots())];
    private readonly Lock _gate = new();
    private readonly List<MemoryArena> _open = [];
    private int _unusedArenas;
    private volatile bool _closed;

    public long Stride { get; } = stride;

    /// <summary>Takes a slot whose bytes are all zero; null when the system or the mapping budget refuses.</summary>
    public MemorySlot? TryTake()
    {
        if (TryPopWarm() is not { } slot)
            return TryTakeClean();
        cleaner.Clean(slot);
        return slot;
    }

    /// <summary>Takes a slot back, in whatever state it is.</summary>
    public void Return(MemorySlot slot)
    {
        if (slot.Length > MaxWarmBytes)
        {
            SlotCleaner.Discard(slot.Address + MaxWarmBytes, slot.Length - MaxWarmBytes);
            slot.Length = MaxWarmBytes;
        }
        if (!_closed && TryPushWarm(slot))
        {
            // Closing may have emptied the lists between the look and the push.
            if (_closed)
                ReleaseWarm();
            return;
        }
        ReturnClean(slot);
    }

    /// <summary>Gives everything back that nobody uses, now and whenever a slot is returned.</summary>
    public void Close()
    {
        _closed = true;
        ReleaseWarm();
        lock (_gate)
        {
            for (int index = _open.Count - 1; index >= 0; index--)
            {
                if (_open[index].IsUnused)
                    Drop(_open[index]);
            }
            _unusedArenas = 0;
        }
    }

    /// <summary>Cleans all warm slots, so that they hold no pages.</summary>
    public void ReleaseWarm()
    {
        while (TryPopWarm() is { } slot)
            ReturnClean(slot);
    }

    private bool TryPushWarm(MemorySlot slot)
    {
        int home = Thread.GetCurrentProcessorId();
        for (int step = 0; step < _warm.Length; step++)
        {
            if (_warm[(uint)(home + step) % (uint)_warm.Length].TryPush(slot))
                return true;
        }
        return false;
    }

    private MemorySlot? TryPopWarm()
    {
        int home = Thread.GetCurrentProcessorId();
        for (int step = 0; step < _warm.Length; step++)
        {
            if (_warm[(uint)(home + step) % (uint)_warm.Length].TryPop() is { } slot)
                return slot;
        }
        return null;
    }

    private MemorySlot? TryTakeClean()
    {
        lock (_gate)
        {
            if (_open.Count == 0 && !TryAddArena())
                return null;
            MemoryArena arena = _open[^1];
            if (arena.IsUnused)
                _unusedArenas--;
            MemorySlot slot = arena.Take();
            if (arena.IsFull)
                Close(arena);
            return slot;
        }
    }

    private void ReturnClean(MemorySlot slot)
    {
        SlotCleaner.Discard(slot.Address, slot.Length);
        slot.Length = 0;
        MemoryArena arena = slot.Arena!;
        lock (_gate)
        {
            arena.Return(slot);
            if (arena.OpenIndex < 0)
                Open(arena);
            if (!arena.IsUnused)
                return;
            if (_closed || _unusedArenas == MaxUnusedArenas)
                Drop(arena);
            else
                _unusedArenas++;
        }
    }

    private bool TryAddArena()
    {
        if (!mappings.TryTake(1))
            return false;
        if (MemoryArena.Create(Stride, slotsPerArena) is not { } arena)
        {
            mappings.Return(1);
            return false;
        }
        _unusedArenas++;
        Open(arena);
        return true;
    }

    private void Drop(MemoryArena arena)
    {
        Close(arena);
        arena.Unmap();
        mappings.Return(1);
    }

    private void Open(MemoryArena arena)
    {
        arena.OpenIndex = _open.Count;
        _open.Add(arena);
    }

    private void Close(MemoryArena arena)
    {
        MemoryArena last = _open[^1];
        _open[arena.OpenIndex] = last;
        last.OpenIndex = arena.OpenIndex;
        _open.RemoveAt(_open.Count - 1);
        arena.OpenIndex = -1;
    }
}
