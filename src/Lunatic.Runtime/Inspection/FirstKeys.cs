using System.Buffers;

namespace Lunatic.Runtime.Inspection;

/// <summary>
/// The first so many of all keys that are added, in order. Keys are collected in a borrowed array; when it holds twice as many as are wanted it is sorted and cut, and what comes behind the
/// last one that was kept is not taken any more.
/// </summary>
/// <param name="count">How many to keep at most.</param>
/// <param name="descending">Whether the greatest are the first.</param>
internal struct FirstKeys(int count, bool descending) : IDisposable
{
    private const int MinLimit = 1024;

    private readonly Comparison<SortKey> _order = descending ? static (left, right) => SortKey.Compare(right, left) : static (left, right) => SortKey.Compare(left, right);
    private readonly int _limit = (int)Math.Min(Math.Max(MinLimit, 2L * count), Array.MaxLength);
    private SortKey[] _keys = ArrayPool<SortKey>.Shared.Rent(MinLimit);
    private int _length;
    private bool _isCut;

    internal void Add(in SortKey key)
    {
        if (count == 0 || (_isCut && _order(key, _keys[count - 1]) >= 0))
            return;
        if (_length == _limit)
            Cut();
        if (_length == _keys.Length)
            Grow();
        _keys[_length++] = key;
    }

    /// <summary>The keys in order.</summary>
    internal ReadOnlySpan<SortKey> Sort()
    {
        Cut();
        return _keys.AsSpan(0, _length);
    }

    public void Dispose()
    {
        // a pooled array must not keep processes
        Array.Clear(_keys, 0, _length);
        ArrayPool<SortKey>.Shared.Return(_keys);
        _keys = [];
        _length = 0;
    }

    private void Cut()
    {
        _keys.AsSpan(0, _length).Sort(_order);
        if (_length <= count)
            return;
        Array.Clear(_keys, count, _length - count);
        _length = count;
        _isCut = true;
    }

    private void Grow()
    {
        SortKey[] larger = ArrayPool<SortKey>.Shared.Rent((int)Math.Min(2L * _keys.Length, Array.MaxLength));
        _keys.AsSpan().CopyTo(larger);
        ArrayPool<SortKey>.Shared.Return(_keys, clearArray: true);
        _keys = larger;
    }
}
