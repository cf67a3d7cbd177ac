using System.Numerics;

namespace Lunatic.Runtime.Timers;

/// <summary>A hierarchical timing wheel: four levels of 256 slots, a tick of one millisecond. Not thread safe.</summary>
/// <remarks>
/// A node due within 256 ticks is in its tick's slot of level 0, one within 65,536 ticks in the slot of its 256-tick span of level 1, and so on; when the clock reaches a span, its nodes move
/// down. After Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", scheme 7. Beyond 49 days nodes wait in the top level and go round again.
/// </remarks>
internal sealed class TimerWheel
{
    private const int Levels = 4;
    private const int SlotBits = 8;
    private const int Slots = 1 << SlotBits;
    private const int WordsPerLevel = Slots / 64;

    private readonly TimerNode?[] _heads = new TimerNode?[Levels * Slots];
    private readonly ulong[] _occupied = new ulong[Levels * WordsPerLevel];

    internal long Now { get; private set; }

    internal int Count { get; private set; }

    /// <summary>Adds a node that is in no wheel. One that is due already fires at the next tick.</summary>
    internal void Add(TimerNode node, long due)
    {
        node.Due = Math.Max(due, Now + 1);
        Place(node);
        Count++;
    }

    /// <summary>Takes a node out; false: it is in no wheel.</summary>
    internal bool Remove(TimerNode node)
    {
        if (node.Slot == TimerNode.NoSlot)
            return false;
        Unlink(node);
        Count--;
        return true;
    }

    /// <summary>The next tick at which there may be something to do; <see cref="long.MaxValue"/>: none.</summary>
    internal long NextStop()
    {
        if (Count == 0)
            return long.MaxValue;
        long stop = long.MaxValue;
        for (int level = 0; level < Levels; level++)
        {
            int shift = level * SlotBits;
            long span = Now >> shift;
            int distance = DistanceToOccupied(level, (int)(span & (Slots - 1)));
            if (distance > 0)
                stop = Math.Min(stop, (span + distance) << shift);
        }
        return stop;
    }

    /// <summary>Lets the clock reach a tick; nodes that become due are taken out and added to a list.</summary>
    internal void AdvanceTo(long tick, List<TimerNode> due)
    {
        while (Now < tick)
        {
            Now = Math.Min(tick, NextStop());
            for (int level = Levels - 1; level > 0; level--)
            {
                if ((Now & ((1L << (level * SlotBits)) - 1)) == 0)
                    Empty((level * Slots) + (int)((Now >> (level * SlotBits)) & (Slots - 1)), due);
            }
            Empty((int)(Now & (Slots - 1)), due);
        }
    }

    /// <summary>Takes all nodes out.</summary>
    internal void Clear(List<TimerNode> nodes)
    {
        for (int slot = 0; slot < _heads.Length; slot++)
        {
            while (_heads[slot] is { } node)
            {
                Unlink(node);
                nodes.Add(node);
            }
        }
        Count = 0;
    }

    private void Empty(int slot, List<TimerNode> due)
    {
        while (_heads[slot] is { } node)
        {
            Unlink(node);
            if (node.Due > Now)
            {
                Place(node);
            }
            else
            {
                due.Add(node);
                Count--;
            }
        }
    }

    private void Place(TimerNode node)
    {
        long wait = Math.Min(node.Due - Now, (1L << (Levels * SlotBits)) - 1);
        int level = wait < Slots ? 0 : BitOperations.Log2((ulong)wait) / SlotBits;
        int slot = (level * Slots) + (int)(((Now + wait) >> (level * SlotBits)) & (Slots - 1));
        node.Slot = slot;
        node.Previous = null;
        node.Next = _heads[slot];
        if (node.Next is not null)
            node.Next.Previous = node;
        _heads[slot] = node;
        _occupied[slot >> 6] |= 1UL << (slot & 63);
    }

    private void Unlink(TimerNode node)
    {
        int slot = node.Slot;
        if (node.Previous is not null)
            node.Previous.Next = node.Next;
        else
            _heads[slot] = node.Next;
        if (node.Next is not null)
            node.Next.Previous = node.Previous;
        if (_heads[slot] is null)
            _occupied[slot >> 6] &= ~(1UL << (slot & 63));
        node.Next = null;
        node.Previous = null;
        node.Slot = TimerNode.NoSlot;
    }

    // How many slots (1 to 256) lie between a slot of a level and the next occupied one, going round; 0: none is.
    private int DistanceToOccupied(int level, int from)
    {
        ReadOnlySpan<ulong> words = _occupied.AsSpan(level * WordsPerLevel, WordsPerLevel);
        int start = (from + 1) & (Slots - 1);
        for (int step = 0; step <= WordsPerLevel; step++)
        {
            int word = ((start >> 6) + step) & (WordsPerLevel - 1);
            ulong bits = words[word];
            if (step == 0)
                bits &= ulong.MaxValue << (start & 63);
            else if (step == WordsPerLevel)
                bits &= ~(ulong.MaxValue << (start & 63));
            if (bits != 0)
                return (((word << 6) + BitOperations.TrailingZeroCount(bits) - start) & (Slots - 1)) + 1;
        }
        return 0;
    }
}
