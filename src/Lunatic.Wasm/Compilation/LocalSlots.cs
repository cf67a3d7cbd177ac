using Lunatic.Wasm.Validation;

namespace Lunatic.Wasm.Compilation;

/// <summary>Where the locals of a function lie in its frame: one slot each, vectors two.</summary>
internal readonly struct LocalSlots
{
    // null where every local's slot is its index
    private readonly int[]? _slots;

    public LocalSlots(LocalTypes locals)
    {
        Total = locals.Count;
        int next = 0;
        for (int i = 0; i < locals.Count; i++)
        {
            if (next != i && _slots is null)
                _slots = FirstSlots(locals.Count);
            if (_slots is not null)
                _slots[i] = next;
            next += locals[i].Slots;
        }
        Total = next;
    }

    /// <summary>Slots of all locals together.</summary>
    public int Total { get; }

    public int Of(int local) => _slots is null ? local : _slots[local];

    private static int[] FirstSlots(int count)
    {
        var slots = new int[count];
        for (int i = 0; i < count; i++)
            slots[i] = i;
        return slots;
    }
}
