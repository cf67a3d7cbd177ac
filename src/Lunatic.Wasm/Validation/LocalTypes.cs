using System.Runtime.CompilerServices;
using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Collections;

namespace Lunatic.Wasm.Validation;

/// <summary>
/// Types of a function's parameters and locals. The first ones lie in an array; those of a long declaration stay a run of equal types,
/// so that many functions with many locals each cost no more than their bytes.
/// </summary>
internal sealed class LocalTypes
{
    private const int FlatLimit = 256;

    private readonly WasmValueType[] _flat = new WasmValueType[FlatLimit];
    private readonly ArrayBuilder<Run> _runs = new();
    private WasmFunctionType _type = WasmFunctionType.Get([], []);

    public int Count { get; private set; }

    /// <summary>Whether some local has no initial value.</summary>
    public bool HasUninitialized { get; private set; }

    public int ParameterCount => _type.Parameters.Length;

    public WasmValueType this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)index < FlatLimit ? _flat[index] : Find(index);
    }

    /// <summary>Reads the declarations at the begin of a function body.</summary>
    public void Read(WasmFunctionType type, ref ByteReader reader)
    {
        _type = type;
        _runs.Clear();
        Count = Math.Min(type.Parameters.Length, FlatLimit);
        type.Parameters.AsSpan(0, Count).CopyTo(_flat);
        Count = type.Parameters.Length;
        HasUninitialized = false;
        ulong total = (ulong)Count;
        int declarations = reader.ReadCount(int.MaxValue, "locals");
        for (int i = 0; i < declarations; i++)
        {
            int start = reader.Position;
            uint count = reader.ReadU32();
            total += count;
            if (total > ModuleLimits.Locals)
                throw new WasmMalformedException($"too many locals: {total}, the limit is {ModuleLimits.Locals}", start);
            Add((int)count, ValueTypeReader.Read(ref reader));
        }
    }

    /// <summary>Number of declarations that declare something, for checks that concern the types alone.</summary>
    public int DeclarationCount => _runs.Count;

    /// <summary>The type of a declaration.</summary>
    public WasmValueType DeclaredType(int declaration) => _runs[declaration].Type;

    private void Add(int count, WasmValueType type)
    {
        if (Count < FlatLimit)
            _flat.AsSpan(Count, Math.Min(count, FlatLimit - Count)).Fill(type);
        Count += count;
        if (count == 0)
            return;
        HasUninitialized |= !type.IsDefaultable;
        _runs.Add(new Run(Count, type));
    }

    private WasmValueType Find(int index)
    {
        if (index < _type.Parameters.Length)
            return _type.Parameters[index];
        int low = 0;
        int high = _runs.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (index < _runs[middle].End)
                high = middle;
            else
                low = middle + 1;
        }
        return _runs[low].Type;
    }

    private readonly record struct Run(int End, WasmValueType Type);
}
