namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>What kind of float an operator yields and takes, for those that have no side effects and cannot trap.</summary>
internal static class OperatorShape
{
    /// <summary>Whether the operator takes two operands; of those without side effects.</summary>
    public static bool IsBinary(Opcode opcode) => opcode is (>= Opcode.I32Eq and <= Opcode.I32GeU) or (>= Opcode.I64Eq and <= Opcode.F64Ge)
        or (>= Opcode.I32Add and <= Opcode.I32Rotr) or (>= Opcode.I64Add and <= Opcode.I64Rotr)
        or (>= Opcode.F32Add and <= Opcode.F32Copysign) or (>= Opcode.F64Add and <= Opcode.F64Copysign);

    /// <summary>Whether the operator is one on numbers without side effects and traps.</summary>
    public static bool IsPure(Opcode opcode) => opcode is (>= Opcode.I32Eqz and <= Opcode.I64Extend32S) or (>= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U)
        && !IsDivision(opcode) && !IsTrappingTruncation(opcode);

    public static bool IsDivision(Opcode opcode) => opcode is (>= Opcode.I32DivS and <= Opcode.I32RemU) or (>= Opcode.I64DivS and <= Opcode.I64RemU);

    public static bool IsTrappingTruncation(Opcode opcode) =>
        opcode is (>= Opcode.I32TruncF32S and <= Opcode.I32TruncF64U) or (>= Opcode.I64TruncF32S and <= Opcode.I64TruncF64U);

    public static bool IsComparison(Opcode opcode) => opcode is (>= Opcode.I32Eq and <= Opcode.I32GeU) or (>= Opcode.I64Eq and <= Opcode.F64Ge);

    /// <summary>Whether the result is of arithmetic on floats: where it is not a number it is the canonical NaN. Demotion and promotion keep what a NaN carries.</summary>
    public static bool YieldsCanonicalNaN(Opcode opcode) => opcode is (>= Opcode.F32Ceil and <= Opcode.F32Max) or (>= Opcode.F64Ceil and <= Opcode.F64Max);

    /// <summary>Whether it makes no difference which NaN an operand is.</summary>
    public static bool TakesAnyNaN(Opcode opcode) => YieldsCanonicalNaN(opcode) || (opcode is >= Opcode.F32Eq and <= Opcode.F64Ge)
        || IsTrappingTruncation(opcode) || (opcode is >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U);

    /// <summary>Whether the operator makes one integer of both its operands, so that neither alone is the result unless the other is known.</summary>
    public static bool Mixes(Opcode opcode) => opcode is Opcode.I32Add or Opcode.I32Sub or Opcode.I32And or Opcode.I32Or or Opcode.I32Xor
        or Opcode.I64Add or Opcode.I64Sub or Opcode.I64And or Opcode.I64Or or Opcode.I64Xor;

    /// <summary>The type of the result.</summary>
    public static StackType Result(Opcode opcode) => opcode switch
    {
        >= Opcode.I32Eqz and <= Opcode.I32Rotr => StackType.I32,
        >= Opcode.I64Clz and <= Opcode.I64Rotr => StackType.I64,
        >= Opcode.F32Abs and <= Opcode.F32Copysign => StackType.F32,
        >= Opcode.F64Abs and <= Opcode.F64Copysign => StackType.F64,
        Opcode.I32WrapI64 or (>= Opcode.I32TruncF32S and <= Opcode.I32TruncF64U) or Opcode.I32ReinterpretF32
            or Opcode.I32Extend8S or Opcode.I32Extend16S or (>= Opcode.I32TruncSatF32S and <= Opcode.I32TruncSatF64U) => StackType.I32,
        (>= Opcode.F32ConvertI32S and <= Opcode.F32DemoteF64) or Opcode.F32ReinterpretI32 => StackType.F32,
        (>= Opcode.F64ConvertI32S and <= Opcode.F64PromoteF32) or Opcode.F64ReinterpretI64 => StackType.F64,
        _ => StackType.I64,
    };
}
