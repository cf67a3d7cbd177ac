using System.Collections.Immutable;
using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Model;

/// <summary>A constant expression, decoded: a little stack program that leaves one value.</summary>
/// <param name="Instructions">In order, without the closing end.</param>
/// <param name="Offset">Byte offset of the expression in the module.</param>
internal sealed record ConstantExpression(ImmutableArray<ConstantInstruction> Instructions, int Offset)
{
    /// <summary>Offset of each instruction's operator.</summary>
    public required ImmutableArray<int> Offsets { get; init; }

    /// <summary>For each ref.null its type, else the default; what the validator needs to know.</summary>
    public required ImmutableArray<WasmValueType> ReferenceTypes { get; init; }

    /// <summary>Whether the expression is one ref.func or ref.null; then the function's index, or -1 for null.</summary>
    public bool IsPlainReference(out int function)
    {
        function = -1;
        if (Instructions.Length != 1)
            return false;
        ConstantInstruction only = Instructions[0];
        if (only.Opcode == Opcode.RefFunc)
            function = (int)only.Bits;
        return only.Opcode is Opcode.RefFunc or Opcode.RefNull;
    }
}
