using System.Buffers;

namespace Lunatic.Runtime.Inspection;

/// <summary>The first so many of all keys that are added, in order: a heap with the last of them on top, in a borrowed array.</summary>
/// <param name="count">How many to keep at most.</param>
/// <param name="descending">Whether the greatest are the first.</param>
internal struct FirstKeys(int count, bool descending) : IDisposable
{
    private SortKey[] _keys = ArrayPool<SortKey>.Shared.Rent(Math.Clamp(count, 1, 1024));
    private int _count;

    internal void Add(in SortKey key)
    {
        if (_count < count)
        {
            if (_count == _keys.Length)
                Grow();
            _keys[_count] = key;
            Raise(_count++);
        }
        else if (count > 0 && IsBefore(key, _keys[0]))
        {
            _keys[0] = key;
            Sink(_count);
        }
    }

    /// <summary>The keys in order. Nothing can be added any more.</summary>
    internal readonly ReadOnlySpan<SortKey> Sort()
    {
        for (int end = _count - 1; end > 0; end--)
        {
            (_keys[0], _keys[end]) = (_keys[end], _keys[0]);
            Sink(end);
        }
        return _keys.AsSpan(0, _count);
    }

    public void Dispose()
    {
        // a pooled array must not keep processes
        Array.Clear(_keys, 0, _count);
        ArrayPool<SortKey>.Shared.Return(_keys);
        _keys = [];
        _count = 0;
    }

    private readonly bool IsBefore(in SortKey left, in SortKey right)
    {
        int order = SortKey.Compare(left, right);
        return descending ? order > 0 : order < 0;
    }

    private readonly void Raise(int index)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (!IsBefore(_keys[parent], _keys[index]))
                return;
            (_keys[parent], _keys[index]) = (_keys[index], _keys[parent]);
            index = parent;
        }
    }

    private readonly void Sink(int end)
    {
        for (int index = 0, child = 1; child < end; child = (2 * index) + 1)
        {
            if (child + 1 < end && IsBefore(_keys[child], _keys[child + 1]))
                child++;
            if (!IsBefore(_keys[index], _keys[child]))
                return;
            (_keys[index], _keys[child]) = (_keys[child], _keys[index]);
            index = child;
        }
    }

    private void Grow()
    {
        SortKey[] larger = ArrayPool<SortKey>.Shared.Rent((int)Math.Min(2L * _keys.Length, Array.MaxLength));
        _keys.AsSpan().CopyTo(larger);
        ArrayPool<SortKey>.Shared.Return(_keys, clearArray: true);
        _keys = larger;
    }
}
