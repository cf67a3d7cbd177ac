using Lunatic.Wasm.Collections;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>Constant expressions. Any operators are decoded; which of them are constant is for the validator to say.</summary>
internal static class ConstantExpressionReader
{
    public static ConstantExpression Read(ref ByteReader reader)
    {
        int start = reader.Position;
        var operators = new OperatorReader(reader, hasDataCount: true);
        var instructions = new ArrayBuilder<ConstantInstruction>(1);
        Operator op = default;
        for (int depth = 0; ;)
        {
            operators.Read(ref op);
            if (op.Opcode == Opcode.End && depth-- == 0)
                break;
            if (op.Opcode is Opcode.Block or Opcode.Loop or Opcode.If)
                depth++;
            if (instructions.Count == ModuleLimits.ConstantInstructions)
                throw new WasmMalformedException($"constant expression too long: the limit is {ModuleLimits.ConstantInstructions} instructions", start);
            instructions.Add(new ConstantInstruction(op.Opcode, Bits(op), op.Opcode == Opcode.V128Const ? (ulong)op.High : 0, op.Offset, op.Opcode == Opcode.RefNull ? op.Type : default));
        }
        reader.Skip(operators.Position - start);
        return new ConstantExpression(instructions.ToArray(), start);
    }

    /// <summary>
    /// Reads an expression that is one ref.func or ref.null of <paramref name="type"/>, as almost every element of a segment is, without making
    /// an object of it: the function's index, or -1 for null. False for any other expression; then how far it has read does not matter.
    /// </summary>
    public static bool TryReadPlainReference(ref ByteReader reader, WasmValueType type, out int function)
    {
        function = -1;
        switch ((Opcode)reader.ReadByte())
        {
            case Opcode.RefFunc when type == WasmValueType.FuncRef:
                function = (int)Math.Min(reader.ReadU32(), int.MaxValue);
                break;
            case Opcode.RefNull when WasmValueType.Reference(ValueTypeReader.ReadHeapType(ref reader), nullable: true) == type:
                break;
            default:
                return false;
        }
        return (Opcode)reader.ReadByte() == Opcode.End;
    }

    private static ulong Bits(in Operator op) => op.Opcode switch
    {
        Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const or Opcode.V128Const => (ulong)op.Immediate,
        Opcode.GlobalGet or Opcode.RefFunc => (ulong)Math.Min((uint)op.A, int.MaxValue),
        _ => 0,
    };
}
