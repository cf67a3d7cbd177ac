using System.Collections.Immutable;
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
        var instructions = ImmutableArray.CreateBuilder<ConstantInstruction>(1);
        var offsets = ImmutableArray.CreateBuilder<int>(1);
        var referenceTypes = ImmutableArray.CreateBuilder<WasmValueType>(1);
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
            instructions.Add(new ConstantInstruction(op.Opcode, Bits(op)));
            offsets.Add(op.Offset);
            referenceTypes.Add(op.Opcode == Opcode.RefNull ? op.Type : default);
        }
        reader.Skip(operators.Position - start);
        return new ConstantExpression(instructions.DrainToImmutable(), start)
        {
            Offsets = offsets.DrainToImmutable(),
            ReferenceTypes = referenceTypes.DrainToImmutable(),
        };
    }

    private static ulong Bits(in Operator op) => op.Opcode switch
    {
        Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const => (ulong)op.Immediate,
        Opcode.GlobalGet or Opcode.RefFunc => (ulong)Math.Min((uint)op.A, int.MaxValue),
        _ => 0,
    };
}
