using System.Reflection.Emit;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>The IL of comparisons.</summary>
internal static class Comparisons
{
    /// <summary>The branch that is taken if the comparison holds, or if it does not. Comparing floats with what is not a number never holds, but for ne.</summary>
    public static OpCode Branch(Opcode opcode, bool ifTrue) => (Relation(opcode), ifTrue) switch
    {
        (Opcode.I32Eq or Opcode.F32Eq, true) => OpCodes.Beq,
        (Opcode.I32Eq or Opcode.F32Eq, false) => OpCodes.Bne_Un,
        (Opcode.I32Ne or Opcode.F32Ne, true) => OpCodes.Bne_Un,
        (Opcode.I32Ne or Opcode.F32Ne, false) => OpCodes.Beq,
        (Opcode.I32LtS or Opcode.F32Lt, true) => OpCodes.Blt,
        (Opcode.I32LtS, false) => OpCodes.Bge,
        (Opcode.F32Lt, false) => OpCodes.Bge_Un,
        (Opcode.I32LtU, true) => OpCodes.Blt_Un,
        (Opcode.I32LtU, false) => OpCodes.Bge_Un,
        (Opcode.I32GtS or Opcode.F32Gt, true) => OpCodes.Bgt,
        (Opcode.I32GtS, false) => OpCodes.Ble,
        (Opcode.F32Gt, false) => OpCodes.Ble_Un,
        (Opcode.I32GtU, true) => OpCodes.Bgt_Un,
        (Opcode.I32GtU, false) => OpCodes.Ble_Un,
        (Opcode.I32LeS or Opcode.F32Le, true) => OpCodes.Ble,
        (Opcode.I32LeS, false) => OpCodes.Bgt,
        (Opcode.F32Le, false) => OpCodes.Bgt_Un,
        (Opcode.I32LeU, true) => OpCodes.Ble_Un,
        (Opcode.I32LeU, false) => OpCodes.Bgt_Un,
        (Opcode.I32GeS or Opcode.F32Ge, true) => OpCodes.Bge,
        (Opcode.I32GeS, false) => OpCodes.Blt,
        (Opcode.F32Ge, false) => OpCodes.Blt_Un,
        (Opcode.I32GeU, true) => OpCodes.Bge_Un,
        (Opcode.I32GeU, false) => OpCodes.Blt_Un,
        _ => throw new ArgumentOutOfRangeException(nameof(opcode)),
    };

    /// <summary>Emits a comparison of the two values on the evaluation stack.</summary>
    public static void Emit(ILGenerator il, Opcode opcode)
    {
        (OpCode compare, bool isNegated) = Relation(opcode) switch
        {
            Opcode.I32Eq or Opcode.F32Eq => (OpCodes.Ceq, false),
            Opcode.I32Ne or Opcode.F32Ne => (OpCodes.Ceq, true),
            Opcode.I32LtS or Opcode.F32Lt => (OpCodes.Clt, false),
            Opcode.I32LtU => (OpCodes.Clt_Un, false),
            Opcode.I32GtS or Opcode.F32Gt => (OpCodes.Cgt, false),
            Opcode.I32GtU => (OpCodes.Cgt_Un, false),
            Opcode.I32LeS => (OpCodes.Cgt, true),
            Opcode.I32LeU or Opcode.F32Le => (OpCodes.Cgt_Un, true),
            Opcode.I32GeS => (OpCodes.Clt, true),
            Opcode.I32GeU or Opcode.F32Ge => (OpCodes.Clt_Un, true),
            _ => throw new ArgumentOutOfRangeException(nameof(opcode)),
        };
        il.Emit(compare);
        if (!isNegated)
            return;
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ceq);
    }

    // the operator of the same relation for i32 or f32
    private static Opcode Relation(Opcode opcode) => opcode switch
    {
        >= Opcode.I64Eq and <= Opcode.I64GeU => opcode - Opcode.I64Eq + Opcode.I32Eq,
        >= Opcode.F64Eq and <= Opcode.F64Ge => opcode - Opcode.F64Eq + Opcode.F32Eq,
        _ => opcode,
    };
}
