namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>What a value is on the evaluation stack of IL. References are 64-bit integers.</summary>
internal enum StackType : byte
{
    I32,
    I64,
    F32,
    F64,
    V128,
}
