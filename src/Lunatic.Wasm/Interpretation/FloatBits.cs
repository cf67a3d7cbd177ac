using System.Runtime.CompilerServices;

namespace Lunatic.Wasm.Interpretation;

/// <summary>
/// The slot value of a float result. Every NaN that arithmetic yields is the one canonical NaN, so that results do not depend on the machine or on
/// which operand came first (the specification allows any, and recommends this for determinism). Demoting and promoting a NaN is no arithmetic:
/// there, all machines agree on keeping sign and upper payload and making it quiet, and so does the reference.
/// </summary>
internal static class FloatBits
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(float value) => float.IsNaN(value) ? 0x7FC0_0000u : BitConverter.SingleToUInt32Bits(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(double value) => double.IsNaN(value) ? 0x7FF8_0000_0000_0000u : BitConverter.DoubleToUInt64Bits(value);
}
