using System.Diagnostics.CodeAnalysis;

namespace Lunatic.Runtime.Resources;

/// <summary>What a guest process holds of one kind, by ids that count from 0 and are never used again. An id means nothing outside its process and kind.</summary>
/// <param name="budget">What all tables of the process may hold together; null: no limit.</param>
internal sealed class ResourceTable<T>(ResourceBudget? budget = null) where T : class
{
    private const int SmallTable = 64;

    private readonly Dictionary<long, T> _entries = [];
    private int _purgeAt = SmallTable;
    private long _next;

    /// <summary>Number of entries held now.</summary>
    public int Count => _entries.Count;

    /// <summary>The entries held now, in no order.</summary>
    public IReadOnlyCollection<T> Values => _entries.Values;

    /// <summary>Takes an entry in; the result is its id.</summary>
    /// <exception cref="LimitExceededException">The process holds as much as it may.</exception>
    public long Add(T entry)
    {
        budget?.TakeFor(entry);
        long id = _next++;
        _entries.Add(id, entry);
        return id;
    }

    /// <summary>Looks an entry up.</summary>
    public bool TryGet(long id, [MaybeNullWhen(false)] out T entry) => _entries.TryGetValue(id, out entry);

    /// <summary>Puts another entry in the place of one that is there.</summary>
    public void Replace(long id, T entry)
    {
        if (!_entries.ContainsKey(id))
            throw new ArgumentOutOfRangeException(nameof(id), id, "there is no entry with this id");
        _entries[id] = entry;
    }

    /// <summary>Takes an entry out.</summary>
    public bool TryRemove(long id, [MaybeNullWhen(false)] out T entry)
    {
        if (!_entries.Remove(id, out entry))
            return false;
        budget?.GiveBack();
        return true;
    }

    /// <summary>Takes out the entries that are of no use any more, whenever the table has doubled since the last time: a guest need not drop them.</summary>
    public void Purge(Predicate<T> isUseless)
    {
        if (_entries.Count < _purgeAt)
            return;
        foreach ((long id, T entry) in _entries)
        {
            if (isUseless(entry))
                TryRemove(id, out _);
        }
        _purgeAt = Math.Max(SmallTable, 2 * _entries.Count);
    }

    /// <summary>Takes all entries out.</summary>
    public void Clear()
    {
        budget?.GiveBack(_entries.Count);
        _entries.Clear();
    }
}
