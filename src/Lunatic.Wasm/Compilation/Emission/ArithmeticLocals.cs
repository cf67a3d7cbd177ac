namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>
/// Finds the float locals that only ever hold results of arithmetic and constants. Where such a local is not a number it may be any NaN, since whoever sees
/// its bits makes it canonical; so loops of arithmetic need not look for NaNs. A local that anything else is assigned to may hold a NaN that has to be kept.
/// </summary>
internal static class ArithmeticLocals
{
    /// <summary>Says of each local whether it is one.</summary>
    public static bool[] Find(Instruction[] code, JumpTargets flow, FunctionSites sites, FrameLayout layout, int parameters)
    {
        var isOne = new bool[sites.LocalTypes.Length];
        bool any = false;
        for (int i = parameters; i < isOne.Length; i++)
            any |= isOne[i] = StackTypes.Of(sites.LocalTypes[i]) is StackType.F32 or StackType.F64;
        // what is copied from a local that is none is none; each turn finds at least one
        while (any)
        {
            any = false;
            for (int i = 1; i < code.Length; i++)
            {
                if (code[i].Opcode is not (Opcode.LocalSet or Opcode.LocalTee))
                    continue;
                ref bool target = ref isOne[layout.LocalAt(code[i].A)];
                if (!target || (!flow.IsTarget(i) && IsArithmetic(in code[i - 1], isOne, layout)))
                    continue;
                target = false;
                any = true;
            }
        }
        return isOne;
    }

    // what an instruction leaves on top of the stack for the one behind it
    private static bool IsArithmetic(in Instruction instruction, bool[] isOne, FrameLayout layout) => instruction.Opcode switch
    {
        Opcode.F32Const => !float.IsNaN(BitConverter.Int32BitsToSingle((int)instruction.Immediate)),
        Opcode.F64Const => !double.IsNaN(BitConverter.Int64BitsToDouble(instruction.Immediate)),
        Opcode.LocalGet or Opcode.LocalTee => isOne[layout.LocalAt(instruction.A)],
        >= Opcode.F32ConvertI32S and <= Opcode.F32ConvertI64U => true,
        >= Opcode.F64ConvertI32S and <= Opcode.F64ConvertI64U => true,
        Opcode opcode => OperatorShape.YieldsCanonicalNaN(opcode),
    };
}
