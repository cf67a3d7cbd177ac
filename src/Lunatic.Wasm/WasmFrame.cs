using Lunatic.Wasm.Diagnostics;

namespace Lunatic.Wasm;

/// <summary>One function call on a guest's stack.</summary>
/// <param name="FunctionIndex">Index in the module's function index space.</param>
/// <param name="FunctionName">Name from the module's name section, or null.</param>
/// <param name="Offset">Byte offset in the module of the operator that the function is at.</param>
public readonly record struct WasmFrame(int FunctionIndex, string? FunctionName, int Offset)
{
    /// <summary>For example <c>memcpy (function 12, offset 0x1f3)</c>; names that rustc mangled are made readable.</summary>
    public override string ToString() => $"{PrintableName.OfFunction(FunctionName)} (function {FunctionIndex}, offset 0x{Offset:x})";
}
