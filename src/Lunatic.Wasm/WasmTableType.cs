using Lunatic.Wasm.Model;

namespace Lunatic.Wasm;

/// <summary>The type of a table.</summary>
public sealed class WasmTableType : WasmExternalType
{
    internal WasmTableType(WasmValueType elementType, WasmLimits limits, WasmValueType indexType)
    {
        ElementType = elementType;
        Limits = limits;
        IndexType = indexType;
    }

    /// <summary>The reference type of the elements.</summary>
    public WasmValueType ElementType { get; }

    /// <summary>Sizes in elements.</summary>
    public WasmLimits Limits { get; }

    /// <summary>What the table is indexed with: i32, or i64 (memory64 proposal).</summary>
    public WasmValueType IndexType { get; }

    internal override ExternalKind Kind => ExternalKind.Table;

    /// <summary>The type as the text format writes it.</summary>
    public override string ToString() => $"(table {(IndexType == WasmValueType.I64 ? "i64 " : "")}{Limits} {ElementType})";
}
