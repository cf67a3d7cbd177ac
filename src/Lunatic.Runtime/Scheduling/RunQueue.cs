using System.Runtime.InteropServices;

namespace Lunatic.Runtime.Scheduling;

/// <summary>A worker's queue: a ring of 256 items. The owner adds at the tail; owner and thieves take from the head. After Go's run queue.</summary>
/// <remarks>Taken slots keep their reference until they are reused: at most 256 ended processes stay reachable per worker.</remarks>
internal sealed class RunQueue
{
    internal const int Capacity = 256;

    private readonly IRunnable?[] _items = new IRunnable?[Capacity];
    private Positions _positions;

    internal bool IsEmpty => Volatile.Read(ref _positions.Head) == Volatile.Read(ref _positions.Tail);

    /// <summary>Items in the queue; approximate on other threads.</summary>
    internal int Count => (int)Math.Min(Volatile.Read(ref _positions.Tail) - Volatile.Read(ref _positions.Head), Capacity);

    /// <summary>Adds an item. Owner only.</summary>
    /// <returns>False: the queue is full.</returns>
    internal bool TryAdd(IRunnable item)
    {
        uint tail = _positions.Tail;
        if (tail - Volatile.Read(ref _positions.Head) >= Capacity)
            return false;
        _items[tail % Capacity] = item;
        Volatile.Write(ref _positions.Tail, tail + 1);
        return true;
    }

    /// <summary>Takes the oldest item. Owner or thief.</summary>
    internal IRunnable? TryTake()
    {
        while (true)
        {
            uint head = Volatile.Read(ref _positions.Head);
            if (head == Volatile.Read(ref _positions.Tail))
                return null;
            // The slot may be reused meanwhile, but only after the head has moved on, and then the exchange fails.
            IRunnable? item = _items[head % Capacity];
            if (Interlocked.CompareExchange(ref _positions.Head, head + 1, head) == head)
                return item;
        }
    }

    /// <summary>Moves half of another worker's items to this queue, which must be empty, and takes one of them. Owner only.</summary>
    internal IRunnable? TrySteal(RunQueue victim)
    {
        while (true)
        {
            uint head = Volatile.Read(ref victim._positions.Head);
            uint count = Volatile.Read(ref victim._positions.Tail) - head;
            if (count == 0)
                return null;
            if (count > Capacity)
                continue;
            count -= count / 2;
            uint tail = _positions.Tail;
            for (uint i = 0; i < count; i++)
                _items[(tail + i) % Capacity] = victim._items[(head + i) % Capacity];
            if (Interlocked.CompareExchange(ref victim._positions.Head, head + count, head) != head)
                continue;
            Volatile.Write(ref _positions.Tail, tail + count - 1);
            return _items[(tail + count - 1) % Capacity];
        }
    }

    // Each on a cache line of its own: thieves write the head, the owner the tail.
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Positions
    {
        [FieldOffset(64)]
        internal uint Head;

        [FieldOffset(128)]
        internal uint Tail;
    }
}
