using System.Collections.Immutable;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm;

/// <summary>A function type: parameters and results. Equal types are one object, so that they compare by reference and by <see cref="Id"/>.</summary>
public sealed class WasmFunctionType : WasmExternalType
{
    internal WasmFunctionType(ImmutableArray<WasmValueType> parameters, ImmutableArray<WasmValueType> results, int id)
    {
        Parameters = parameters;
        Results = results;
        ParameterSlots = Slots(parameters);
        ResultSlots = Slots(results);
        Id = id;
    }

    /// <summary>Types of the parameters, in order.</summary>
    public ImmutableArray<WasmValueType> Parameters { get; }

    /// <summary>Types of the results, in order.</summary>
    public ImmutableArray<WasmValueType> Results { get; }

    /// <summary>The same number for equal types, whichever module they come from; from 1.</summary>
    internal int Id { get; }

    /// <summary>The stubs between compiled code and the rest, once they are needed.</summary>
    internal Compilation.Emission.CallStubs? Stubs;

    internal int ParameterSlots { get; }

    internal int ResultSlots { get; }

    internal override ExternalKind Kind => ExternalKind.Function;

    /// <summary>The function type with these parameters and results.</summary>
    public static WasmFunctionType Get(ReadOnlySpan<WasmValueType> parameters, ReadOnlySpan<WasmValueType> results) =>
        CanonicalTypes.Get(Describe(parameters, results), parameters, results);

    /// <summary>The type as the text format writes it.</summary>
    public override string ToString() => Describe(Parameters.AsSpan(), Results.AsSpan());

    private static int Slots(ImmutableArray<WasmValueType> types)
    {
        int slots = 0;
        foreach (WasmValueType type in types)
            slots += type.Slots;
        return slots;
    }

    private static string Describe(ReadOnlySpan<WasmValueType> parameters, ReadOnlySpan<WasmValueType> results)
    {
        var text = new System.Text.StringBuilder("(func");
        Append(" (param", parameters);
        Append(" (result", results);
        return text.Append(')').ToString();

        void Append(string head, ReadOnlySpan<WasmValueType> types)
        {
            if (types.IsEmpty)
                return;
            text.Append(head);
            foreach (WasmValueType type in types)
                text.Append(' ').Append(type);
            text.Append(')');
        }
    }
}
