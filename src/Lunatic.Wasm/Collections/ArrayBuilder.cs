namespace Lunatic.Wasm.Collections;

/// <summary>
/// A list of values of our own structs on the way from a module's bytes to its first instruction. The framework's List of such a struct is compiled by the JIT
/// in every process anew, since ReadyToRun compiles no generic code of other assemblies; this one is compiled ahead with the rest.
/// </summary>
internal sealed class ArrayBuilder<T>(int capacity = 0)
    where T : struct
{
    private T[] _items = new T[capacity];

    public int Count { get; private set; }

    public ref T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(index), index, null);
            return ref _items[index];
        }
    }

    /// <summary>The item added last.</summary>
    public ref T Last => ref this[Count - 1];

    public void Add(T item)
    {
        if (Count == _items.Length)
            Grow();
        _items[Count++] = item;
    }

    public void RemoveLast()
    {
        this[Count - 1] = default;
        Count--;
    }

    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
    }

    public T[] ToArray()
    {
        var copy = new T[Count];
        Array.Copy(_items, copy, Count);
        return copy;
    }

    private void Grow()
    {
        var larger = new T[(int)Math.Min(Array.MaxLength, Math.Max(4L, 2L * _items.Length))];
        Array.Copy(_items, larger, Count);
        _items = larger;
    }
}
