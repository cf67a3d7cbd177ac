using System.Diagnostics.CodeAnalysis;

namespace Lunatic.Runtime.Resources;

/// <summary>What a guest process holds of one kind, by ids that count from 0 and are never used again. An id means nothing outside its process and kind.</summary>
internal sealed class ResourceTable<T> where T : class
{
    private readonly Dictionary<long, T> _entries = [];
    private long _next;

    /// <summary>Number of entries held now.</summary>
    public int Count => _entries.Count;

    /// <summary>The entries held now, in no order.</summary>
    public IReadOnlyCollection<T> Values => _entries.Values;

    /// <summary>Takes an entry in; the result is its id.</summary>
    public long Add(T entry)
    {
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
    public bool TryRemove(long id, [MaybeNullWhen(false)] out T entry) => _entries.Remove(id, out entry);

    /// <summary>Takes all entries out.</summary>
    public void Clear() => _entries.Clear();
}
