using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Validation;

/// <summary>The types on the operand stack of the function under validation. Kept from function to function, so that pushing allocates nothing.</summary>
internal sealed class OperandStack
{
    private WasmValueType[] _types = new WasmValueType[64];

    /// <summary>Number of operands.</summary>
    public int Count { get; private set; }

    /// <summary>Number of 64-bit slots that they take in a frame.</summary>
    public int Slots { get; private set; }

    /// <summary>The most <see cref="Slots"/> since <see cref="Clear"/>.</summary>
    public int MaxSlots { get; private set; }

    /// <summary>The least <see cref="Count"/> since a sink last set it to <see cref="Count"/>: what lies below has not changed meanwhile.</summary>
    public int LowWater { get; private set; }

    /// <summary>The types, lowest first.</summary>
    public ReadOnlySpan<WasmValueType> Types => _types.AsSpan(0, Count);

    /// <summary>The type of an operand; 0 is the top one.</summary>
    public WasmValueType Peek(int depth = 0) => _types[Count - 1 - depth];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(WasmValueType type)
    {
        int count = Count;
        WasmValueType[] types = _types;
        if ((uint)count >= (uint)types.Length)
            types = Grow();
        types[count] = type;
        Count = count + 1;
        int slots = Slots + type.Slots;
        Slots = slots;
        if (slots > MaxSlots)
            MaxSlots = slots;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WasmValueType Pop()
    {
        int count = Count - 1;
        WasmValueType type = _types[count];
        Count = count;
        Slots -= type.Slots;
        if (count < LowWater)
            LowWater = count;
        return type;
    }

    /// <summary>Pushes operands that take these slots together.</summary>
    public void Push(ReadOnlySpan<WasmValueType> types, int slots)
    {
        if (Count + types.Length > _types.Length)
            Array.Resize(ref _types, Math.Max(2 * _types.Length, Count + types.Length));
        types.CopyTo(_types.AsSpan(Count));
        Count += types.Length;
        Slots += slots;
        MaxSlots = Math.Max(MaxSlots, Slots);
    }

    /// <summary>Whether the top operands have just these types.</summary>
    public bool HasOnTop(ReadOnlySpan<WasmValueType> types) => MemoryMarshal.Cast<WasmValueType, int>(types)
        .SequenceEqual(MemoryMarshal.Cast<WasmValueType, int>(_types.AsSpan(Count - types.Length, types.Length)));

    public void Clear()
    {
        Truncate(0, 0);
        MaxSlots = 0;
    }

    public void Truncate(int count, int slots)
    {
        Count = count;
        Slots = slots;
        LowWater = Math.Min(LowWater, count);
    }

    public void MarkLowWater() => LowWater = Count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WasmValueType[] Grow()
    {
        Array.Resize(ref _types, _types.Length * 2);
        return _types;
    }
}
