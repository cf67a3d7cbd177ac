using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Interpretation;

/// <summary>Conversions between floats and integers that C# has not in this form.</summary>
internal static unsafe class FloatConversions
{
    /// <summary>To the nearest float, ties to even; C# rounds twice, by way of a double.</summary>
    public static float ToSingle(ulong value) =>
        (long)value >= 0 ? (long)value : 2 * (float)(long)((value >> 1) | (value & 1));

    /// <summary>To the nearest double, ties to even.</summary>
    public static double ToDouble(ulong value) =>
        (long)value >= 0 ? (long)value : 2 * (double)(long)((value >> 1) | (value & 1));

    /// <summary>The trunc operators, in place.</summary>
    /// <returns>Why they trap, or 0.</returns>
    public static TrapReason Truncate(Opcode opcode, ulong* slot)
    {
        bool fromSingle = opcode is Opcode.I32TruncF32S or Opcode.I32TruncF32U or Opcode.I64TruncF32S or Opcode.I64TruncF32U;
        // a float is exactly a double, so the bounds can be checked there
        double value = fromSingle ? *(float*)slot : *(double*)slot;
        if (double.IsNaN(value))
            return TrapReason.InvalidConversionToInteger;
        switch (opcode)
        {
            case Opcode.I32TruncF32S or Opcode.I32TruncF64S:
                if (value is <= -2147483649.0 or >= 2147483648.0)
                    return TrapReason.IntegerOverflow;
                *slot = (uint)(int)value;
                break;
            case Opcode.I32TruncF32U or Opcode.I32TruncF64U:
                if (value is <= -1.0 or >= 4294967296.0)
                    return TrapReason.IntegerOverflow;
                *slot = (uint)value;
                break;
            case Opcode.I64TruncF32S or Opcode.I64TruncF64S:
                if (value is < -9223372036854775808.0 or >= 9223372036854775808.0)
                    return TrapReason.IntegerOverflow;
                *slot = (ulong)(long)value;
                break;
            default:
                if (value is <= -1.0 or >= 18446744073709551616.0)
                    return TrapReason.IntegerOverflow;
                *slot = (ulong)value;
                break;
        }
        return 0;
    }

    /// <summary>The saturating trunc operators, in place. C#'s conversions saturate, and make 0 of NaN.</summary>
    public static void TruncateSaturating(Opcode opcode, ulong* slot) => *slot = opcode switch
    {
        Opcode.I32TruncSatF32S => (uint)(int)*(float*)slot,
        Opcode.I32TruncSatF32U => (uint)*(float*)slot,
        Opcode.I32TruncSatF64S => (uint)(int)*(double*)slot,
        Opcode.I32TruncSatF64U => (uint)*(double*)slot,
        Opcode.I64TruncSatF32S => (ulong)(long)*(float*)slot,
        Opcode.I64TruncSatF32U => (ulong)*(float*)slot,
        Opcode.I64TruncSatF64S => (ulong)(long)*(double*)slot,
        _ => (ulong)*(double*)slot,
    };
}
