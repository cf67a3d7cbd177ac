namespace Lunatic.Wasm;

/// <summary>A global variable. Belongs to a store.</summary>
public sealed unsafe class WasmGlobal
{
    /// <summary>A global of the host's, to be imported by instances.</summary>
    /// <exception cref="ArgumentException">The value is of another type, or belongs to another store.</exception>
    public WasmGlobal(WasmStore store, WasmGlobalType type, WasmValue value)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        store.CheckUsable();
        Store = store;
        Type = type;
        ulong* slots = stackalloc ulong[2];
        store.Write(slots, value, type.ValueType, nameof(value));
        Cell = store.AllocateCell();
        Cell[0] = slots[0];
        Cell[1] = slots[1];
    }

    internal WasmGlobal(WasmStore store, WasmGlobalType type, ulong* cell)
    {
        Store = store;
        Type = type;
        Cell = cell;
    }

    /// <summary>The store that the global belongs to.</summary>
    public WasmStore Store { get; }

    /// <summary>The global's type.</summary>
    public WasmGlobalType Type { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">On setting: the global is immutable.</exception>
    /// <exception cref="ArgumentException">On setting: the value is of another type, or belongs to another store.</exception>
    public WasmValue Value
    {
        get
        {
            Store.CheckUsable();
            return Store.Read(Cell, Type.ValueType);
        }
        set
        {
            Store.CheckUsable();
            if (!Type.IsMutable)
                throw new InvalidOperationException("the global is immutable");
            Store.Write(Cell, value, Type.ValueType, nameof(value));
        }
    }

    internal ulong* Cell { get; }
}
