namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>Where the locals of a function lie in its frames: one slot each, vectors two.</summary>
internal sealed class FrameLayout
{
    private readonly int[] _slots;
    private readonly int[] _locals;

    public FrameLayout(WasmValueType[] localTypes)
    {
        _slots = new int[localTypes.Length];
        int next = 0;
        for (int i = 0; i < localTypes.Length; i++)
        {
            _slots[i] = next;
            next += localTypes[i].Slots;
        }
        _locals = new int[next];
        for (int i = 0; i < localTypes.Length; i++)
            _locals[_slots[i]] = i;
        Slots = next;
    }

    /// <summary>Slots of all locals together.</summary>
    public int Slots { get; }

    /// <summary>The first slot of a local.</summary>
    public int SlotOf(int local) => _slots[local];

    /// <summary>The local whose first slot it is.</summary>
    public int LocalAt(int slot) => _locals[slot];

    /// <summary>The slots that values take.</summary>
    public static int SlotsOf(ReadOnlySpan<Value> values)
    {
        int slots = 0;
        foreach (Value value in values)
            slots += StackTypes.Slots(value.Type);
        return slots;
    }
}
