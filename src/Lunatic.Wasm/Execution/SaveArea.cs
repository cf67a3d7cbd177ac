using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Execution;

/// <summary>
/// What a thread lends to the stores whose compiled code it runs: the area where frames are saved while that code unwinds, empty at all other times,
/// the area for several results, and the cell that tells host functions who calls.
/// </summary>
/// <remarks>
/// The cell is how host functions get from raw pointers to an object without a handle of its own for every store. It is an element of an array that never
/// moves, so its address may lie in unmanaged memory, while the collector still knows the reference in it and updates it. Invariant: as long as
/// compiled code runs, the cell holds the caller object of the store whose code it is, and that store's context the cell's address.
/// </remarks>
internal sealed unsafe class SaveArea
{
    private const int InitialSlots = 4096;

    // one type's results, vectors taking two
    private const int ResultSlots = 2 * ModuleLimits.Results;

    /// <summary>Offset in the result area of a slot for whoever needs a word of memory for a moment.</summary>
    public const int ScratchOffset = ResultSlots * sizeof(ulong);

    [ThreadStatic]
    private static SaveArea? _areaOfThread;

    private readonly WasmCaller?[] _caller = GC.AllocateArray<WasmCaller?>(1, pinned: true);
    private readonly ulong* _results = (ulong*)NativeMemory.Alloc(ResultSlots + 1, sizeof(ulong));
    private ulong* _base = (ulong*)NativeMemory.Alloc(InitialSlots, sizeof(ulong));
    private long _slots = InitialSlots;

    ~SaveArea()
    {
        NativeMemory.Free(_results);
        NativeMemory.Free(_base);
    }

    /// <summary>The area of the thread.</summary>
    public static SaveArea OfThread => _areaOfThread ??= new SaveArea();

    /// <summary>The store whose compiled code runs.</summary>
    public WasmStore? Store { get; private set; }

    /// <summary>The first of the saved frames.</summary>
    public ulong* Base => _base;

    /// <summary>Lends the areas to a store that is going to run.</summary>
    /// <returns>The store that runs already, one of whose host functions runs the other; to be handed to <see cref="TakeBack"/>.</returns>
    public WasmStore? Lend(WasmStore store)
    {
        WasmStore? outer = Store;
        Store = store;
        _caller[0] = store.Caller;
        LendTo(store.Context);
        return outer;
    }

    /// <summary>Takes the areas back and lends them to the store that ran before.</summary>
    public void TakeBack(WasmStore? outer)
    {
        Store = outer;
        _caller[0] = outer?.Caller;
        if (outer is not null)
            LendTo(outer.Context);
    }

    /// <summary>Makes room for so many more slots; called by generated code.</summary>
    /// <returns>The new end of what is saved.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong* Grow(StoreContext* context, int slots)
    {
        SaveArea area = OfThread;
        long used = context->SaveTop - area._base;
        long size = Math.Max(2 * area._slots, used + slots);
        area._base = (ulong*)NativeMemory.Realloc(area._base, (nuint)size * sizeof(ulong));
        area._slots = size;
        context->SaveTop = area._base + used;
        context->SaveEnd = area._base + size;
        return context->SaveTop;
    }

    /// <summary>Gives back what a deep recursion took.</summary>
    public void Shrink(StoreContext* context)
    {
        context->SaveTop = _base;
        const int Kept = 64 * InitialSlots;
        if (_slots <= Kept)
            return;
        _base = (ulong*)NativeMemory.Realloc(_base, (nuint)Kept * sizeof(ulong));
        _slots = Kept;
        LendTo(context);
    }

    private void LendTo(StoreContext* context)
    {
        context->SaveTop = _base;
        context->SaveEnd = _base + _slots;
        context->Results = _results;
        context->Caller = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_caller));
    }
}
