using Lunatic.Wasm.Model;

namespace Lunatic.Wasm;

/// <summary>The type of a linear memory.</summary>
public sealed class WasmMemoryType : WasmExternalType
{
    /// <summary>Bytes of one page.</summary>
    public const int PageSize = 65_536;

    internal WasmMemoryType(WasmLimits limits, WasmValueType indexType)
    {
        Limits = limits;
        IndexType = indexType;
    }

    /// <summary>Sizes in pages of 64 KiB.</summary>
    public WasmLimits Limits { get; }

    /// <summary>What the memory is addressed with: i32, or i64 (memory64 proposal).</summary>
    public WasmValueType IndexType { get; }

    internal override ExternalKind Kind => ExternalKind.Memory;

    /// <summary>The type as the text format writes it.</summary>
    public override string ToString() => $"(memory {(IndexType == WasmValueType.I64 ? "i64 " : "")}{Limits})";
}
