using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Environments;

/// <summary>
/// The living processes of an environment by number. Numbers count from 1 and are never reused, so they lie close together: arrays of 1,024, let go when all of
/// theirs are used up.
/// </summary>
internal sealed class ProcessTable
{
    private readonly Lock _changes = new();

    // by number, ascending; never written: replaced when a chunk comes or goes, which is once in 1,024 processes
    private Chunk[] _chunks = [new Chunk(0)];
    private Chunk _latest;
    private long _lastId;

    internal ProcessTable() => _latest = _chunks[0];

    /// <summary>A new number. It must be handed back to <see cref="Remove"/>, whether a process was added under it or not.</summary>
    internal long AllocateId() => Interlocked.Increment(ref _lastId);

    internal void Add(long id, ProcessBase process) => Volatile.Write(ref ChunkOf(id).Slots[SlotOf(id)], process);

    internal ProcessBase? Find(long id) => id > 0 && Find(Volatile.Read(ref _chunks), NumberOf(id)) is { } chunk ? Volatile.Read(ref chunk.Slots[SlotOf(id)]) : null;

    internal void Remove(long id)
    {
        Chunk chunk = ChunkOf(id);
        Volatile.Write(ref chunk.Slots[SlotOf(id)], null);
        if (Interlocked.Increment(ref chunk.UsedUp) < Chunk.Size)
            return;
        lock (_changes)
            Volatile.Write(ref _chunks, Array.FindAll(_chunks, other => other != chunk));
    }

    /// <summary>The processes that are there now.</summary>
    internal IEnumerable<ProcessBase> Snapshot()
    {
        foreach (Chunk chunk in Volatile.Read(ref _chunks))
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
        Chunk chunk = Find(Volatile.Read(ref _chunks), number) ?? Create(number);
        if (number > latest.Number)
            Volatile.Write(ref _latest, chunk);
        return chunk;
    }

    private Chunk Create(long number)
    {
        lock (_changes)
        {
            if (Find(_chunks, number) is { } known)
                return known;
            var chunk = new Chunk(number);
            int place = ~Search(_chunks, number);
            Volatile.Write(ref _chunks, [.. _chunks.AsSpan(0, place), chunk, .. _chunks.AsSpan(place)]);
            return chunk;
        }
    }

    private static Chunk? Find(Chunk[] chunks, long number)
    {
        int place = Search(chunks, number);
        return place < 0 ? null : chunks[place];
    }

    // the place of a chunk, or the complement of where it would be
    private static int Search(Chunk[] chunks, long number)
    {
        int low = 0;
        int high = chunks.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (chunks[middle].Number < number)
                low = middle + 1;
            else
                high = middle;
        }
        return low < chunks.Length && chunks[low].Number == number ? low : ~low;
    }

    private sealed class Chunk(long number)
    {
        internal const int Size = 1024;

        internal readonly long Number = number;
        internal readonly ProcessBase?[] Slots = new ProcessBase?[Size];
        internal int UsedUp;
    }
}
