namespace Lunatic.Wasm.Validation;

/// <summary>The function types of blocks that are written with no type or with the type of their one result.</summary>
internal static class BlockTypes
{
    private static readonly WasmFunctionType Empty = WasmFunctionType.Get([], []);
    private static readonly WasmFunctionType I32 = WasmFunctionType.Get([], [WasmValueType.I32]);
    private static readonly WasmFunctionType I64 = WasmFunctionType.Get([], [WasmValueType.I64]);
    private static readonly WasmFunctionType F32 = WasmFunctionType.Get([], [WasmValueType.F32]);
    private static readonly WasmFunctionType F64 = WasmFunctionType.Get([], [WasmValueType.F64]);

    /// <summary>The type of a block with this result; the default for none.</summary>
    public static WasmFunctionType Of(WasmValueType result)
    {
        if (result == default)
            return Empty;
        if (result == WasmValueType.I32)
            return I32;
        if (result == WasmValueType.I64)
            return I64;
        if (result == WasmValueType.F32)
            return F32;
        return result == WasmValueType.F64 ? F64 : WasmFunctionType.Get([], [result]);
    }
}
