using Lunatic.Wasm.Model;

namespace Lunatic.Wasm;

/// <summary>The type of a global.</summary>
public sealed class WasmGlobalType : WasmExternalType
{
    /// <summary>A global of this type.</summary>
    public WasmGlobalType(WasmValueType valueType, bool isMutable)
    {
        ValueType = valueType;
        IsMutable = isMutable;
    }

    /// <summary>Type of the value.</summary>
    public WasmValueType ValueType { get; }

    /// <summary>Whether it can be set.</summary>
    public bool IsMutable { get; }

    internal override ExternalKind Kind => ExternalKind.Global;

    /// <summary>The type as the text format writes it.</summary>
    public override string ToString() => IsMutable ? $"(global (mut {ValueType}))" : $"(global {ValueType})";
}
