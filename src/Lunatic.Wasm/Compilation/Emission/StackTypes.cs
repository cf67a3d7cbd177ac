namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>Stack types of WebAssembly's types, and the .NET types that stand for them.</summary>
internal static class StackTypes
{
    public static StackType Of(WasmValueType type)
    {
        if (type == WasmValueType.I32)
            return StackType.I32;
        if (type == WasmValueType.F32)
            return StackType.F32;
        if (type == WasmValueType.F64)
            return StackType.F64;
        if (type.IsVector)
            throw new NotSupportedException("the compiler has no vectors");
        return StackType.I64;
    }

    public static Type ClrType(StackType type) => type switch
    {
        StackType.I32 => typeof(int),
        StackType.I64 => typeof(long),
        StackType.F32 => typeof(float),
        _ => typeof(double),
    };
}
