namespace Lunatic.Wasm.Compilation;

/// <summary>An operand of a site, with the node of the one below.</summary>
internal readonly record struct OperandNode(int Below, WasmValueType Type)
{
    public const int None = -1;
}
