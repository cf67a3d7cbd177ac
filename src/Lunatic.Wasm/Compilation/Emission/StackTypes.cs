using System.Runtime.Intrinsics;

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
            return StackType.V128;
        return StackType.I64;
    }

    public static Type ClrType(StackType type) => type switch
    {
        StackType.I32 => typeof(int),
        StackType.I64 => typeof(long),
        StackType.F32 => typeof(float),
        StackType.F64 => typeof(double),
        _ => typeof(Vector128<byte>),
    };

    /// <summary>Slots of a frame that a value takes.</summary>
    public static int Slots(StackType type) => type == StackType.V128 ? 2 : 1;
}
