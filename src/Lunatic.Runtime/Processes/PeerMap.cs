namespace Lunatic.Runtime.Processes;

/// <summary>A map from process to something. Most processes have a link or two and some have thousands: a short array, and beyond it a dictionary.</summary>
internal struct PeerMap<TValue>
{
    private const int ArrayLimit = 8;

    private (ProcessId Id, TValue Value)[]? _array;
    private Dictionary<ProcessId, TValue>? _dictionary;
    private int _count;

    internal readonly int Count => _dictionary?.Count ?? _count;

    /// <summary>Adds or replaces a value.</summary>
    internal void Set(ProcessId id, TValue value)
    {
        if (_dictionary is not null)
        {
            _dictionary[id] = value;
            return;
        }
        int index = IndexOf(id);
        if (index >= 0)
        {
            _array![index].Value = value;
        }
        else if (_count < ArrayLimit)
        {
            if (_array is null || _array.Length == _count)
                Array.Resize(ref _array, _array is null ? 1 : _array.Length * 2);
            _array[_count++] = (id, value);
        }
        else
        {
            _dictionary = new Dictionary<ProcessId, TValue>(2 * ArrayLimit);
            foreach ((ProcessId key, TValue old) in _array.AsSpan(0, _count))
                _dictionary.Add(key, old);
            _array = null;
            _dictionary.Add(id, value);
        }
    }

    internal bool Remove(ProcessId id)
    {
        if (_dictionary is not null)
            return _dictionary.Remove(id);
        int index = IndexOf(id);
        if (index < 0)
            return false;
        _array![index] = _array[--_count];
        _array[_count] = default;
        return true;
    }

    /// <summary>The entries, for telling them the end; a copy.</summary>
    internal readonly (ProcessId Id, TValue Value)[] ToArray() =>
        _dictionary is not null ? [.. _dictionary.Select(entry => (entry.Key, entry.Value))] : _array.AsSpan(0, _count).ToArray();

    private readonly int IndexOf(ProcessId id)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_array![i].Id == id)
                return i;
        }
        return -1;
    }
}
