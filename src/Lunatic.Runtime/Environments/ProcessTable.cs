using System.Collections.Concurrent;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Environments;

/// <summary>The living processes of an environment by number. Numbers count from 1 and are never reused, so they lie close together: arrays of 1,024, let go when all of theirs are used up.</summary>
internal sealed class ProcessTable
{
    private readonly ConcurrentDictionary<long, Chunk> _chunks = new();
    private Chunk _latest;
    private long _lastId;

    internal ProcessTable() => _latest = _chunks.GetOrAdd(0, static number => new Chunk(number));

    /// <summary>A new number. It must be handed back to <see cref="Remove"/>, whether a process was added under it or not.</summary>
    internal long AllocateId() => Interlocked.Increment(ref _lastId);

    internal void Add(long id, ProcessBase process) => Volatile.Write(ref ChunkOf(id).Slots[SlotOf(id)], process);

    internal ProcessBase? Find(long id) => id > 0 && _chunks.TryGetValue(NumberOf(id), out Chunk? chunk) ? Volatile.Read(ref chunk.Slots[SlotOf(id)]) : null;

    internal void Remove(long id)
    {
        Chunk chunk = ChunkOf(id);
        Volatile.Write(ref chunk.Slots[SlotOf(id)], null);
        if (Interlocked.Increment(ref chunk.UsedUp) == Chunk.Size)
            _chunks.TryRemove(chunk.Number, out _);
    }

    /// <summary>The processes that are there now.</summary>
    internal IEnumerable<ProcessBase> Snapshot()
    {
        foreach ((_, Chunk chunk) in _chunks)
        {
            for (int slot = 0; slot < Chunk.Size; slot++)
            {
                if (Volatile.Read(ref chunk.Slots[slot]) is { } process)
                    yield return process;
            }
        }
    }

    private static long NumberOf(long id) => (id - 1) / Chunk.Size;

    private static int SlotOf(long id) => (int)((id - 1) % Chunk.Size);

    // Only for numbers that were allocated and not handed back: their chunk cannot have been let go.
    private Chunk ChunkOf(long id)
    {
        Chunk latest = Volatile.Read(ref _latest);
        long number = NumberOf(id);
        if (latest.Number == number)
            return latest;
        Chunk chunk = _chunks.GetOrAdd(number, static number => new Chunk(number));
        if (number > latest.Number)
            Volatile.Write(ref _latest, chunk);
        return chunk;
    }

    private sealed class Chunk(long number)
    {
        internal const int Size = 1024;

        internal readonly long Number = number;
        internal readonly ProcessBase?[] Slots = new ProcessBase?[Size];
        internal int UsedUp;
    }
}
