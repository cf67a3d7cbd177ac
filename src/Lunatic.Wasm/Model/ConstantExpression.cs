namespace Lunatic.Wasm.Model;

/// <summary>A constant expression, decoded: a little stack program that leaves one value.</summary>
/// <param name="Instructions">In order, without the closing end.</param>
/// <param name="Offset">Byte offset of the expression in the module.</param>
internal sealed record ConstantExpression(ConstantInstruction[] Instructions, int Offset);
