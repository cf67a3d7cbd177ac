using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

/// <summary>A table of references. Belongs to a store.</summary>
public sealed unsafe class WasmTable
{
    /// <summary>A table of the host's, to be imported by instances; all elements null.</summary>
    /// <param name="store">The store it belongs to.</param>
    /// <param name="elementType">Type of the elements, a reference type.</param>
    /// <param name="length">Initial number of elements.</param>
    /// <param name="maximum">Number of elements that it may grow to; null for no limit but the store's.</param>
    /// <exception cref="ArgumentException">The element type is no reference type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is out of range.</exception>
    /// <exception cref="InvalidOperationException">The store's limit refuses the table.</exception>
    public WasmTable(WasmStore store, WasmValueType elementType, int length, int? maximum = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (!elementType.IsReference)
            throw new ArgumentException($"{elementType} is no reference type", nameof(elementType));
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, maximum ?? int.MaxValue);
        store.CheckUsable();
        Store = store;
        Type = new WasmTableType(elementType, new WasmLimits((ulong)length, (ulong?)maximum), WasmValueType.I32);
        Record = store.AllocateTable(length, maximum ?? (long)uint.MaxValue);
    }

    internal WasmTable(WasmStore store, WasmTableType type, TableRecord* record)
    {
        Store = store;
        Type = type;
        Record = record;
    }

    /// <summary>The store that the table belongs to.</summary>
    public WasmStore Store { get; }

    /// <summary>The type it was declared with.</summary>
    public WasmTableType Type { get; }

    /// <summary>Present number of elements.</summary>
    public long Length
    {
        get
        {
            Store.CheckUsable();
            return Record->Length;
        }
    }

    internal TableRecord* Record { get; }

    /// <summary>An element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is beyond the table.</exception>
    /// <exception cref="ArgumentException">On setting: the value is of another type, or belongs to another store.</exception>
    public WasmValue this[long index]
    {
        get
        {
            CheckIndex(index);
            return Store.Read(Record->Elements + index, Type.ElementType);
        }
        set
        {
            CheckIndex(index);
            Store.Write(Record->Elements + index, value, Type.ElementType, nameof(value));
        }
    }

    /// <summary>Makes the table longer.</summary>
    /// <param name="count">By how many elements.</param>
    /// <param name="value">What the new elements are.</param>
    /// <returns>The length before, or -1 if a limit refuses.</returns>
    /// <exception cref="ArgumentException">The value is of another type, or belongs to another store.</exception>
    public long Grow(long count, WasmValue value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Store.CheckUsable();
        ulong* slots = stackalloc ulong[2];
        Store.Write(slots, value, Type.ElementType, nameof(value));
        return Store.GrowTable(Record, count, slots[0]);
    }

    private void CheckIndex(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
    }
}
