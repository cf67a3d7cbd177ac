using System.Runtime.CompilerServices;

namespace Lunatic.Wasm.Execution;

/// <summary>What generated code does with numbers beyond IL. Small enough that the JIT puts it in place.</summary>
internal static class CompiledNumerics
{
    /// <summary>The value, or the one NaN that arithmetic yields (see <see cref="Interpretation.FloatBits"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Canonical(float value) => float.IsNaN(value) ? BitConverter.UInt32BitsToSingle(0x7FC0_0000u) : value;

    /// <summary>The value, or the one NaN that arithmetic yields.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Canonical(double value) => double.IsNaN(value) ? BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000u) : value;

    /// <summary>A constant that is not a number. The JIT must not see through: it keeps its own constants as doubles, which makes signalling NaNs quiet.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float SingleOf(int bits) => BitConverter.Int32BitsToSingle(bits);

    /// <summary>The value as f32; a NaN keeps sign and upper payload and becomes quiet. In IL the JIT would fold a conversion there and back, and leave a NaN signalling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Demote(double value) => double.IsNaN(value) ? DemotedNaN(value) : (float)value;

    /// <summary>The value as f64; a NaN keeps sign and payload and becomes quiet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Promote(float value) => float.IsNaN(value) ? PromotedNaN(value) : value;

    // The JIT of .NET 10 leaves out the test where a rotation by a constant is compared with zero, as if rotations set the flag. It knows no rotation in these:
    // both parts are added, and the other part is shifted twice so that a count of 0 is right.

    /// <summary>The value rotated left, by the count modulo 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateLeft(uint value, int count) => (value << count) + ((value >> 1) >> ~count);

    /// <summary>The value rotated left, by the count modulo 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateLeft(ulong value, int count) => (value << count) + ((value >> 1) >> ~count);

    /// <summary>The value rotated right, by the count modulo 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateRight(uint value, int count) => (value >> count) + ((value << 1) << ~count);

    /// <summary>The value rotated right, by the count modulo 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateRight(ulong value, int count) => (value >> count) + ((value << 1) << ~count);

    /// <summary>Why the conversion to i32 traps, or 0.</summary>
    public static TrapReason CheckInt32(double value) => Check(value, value is > -2147483649.0 and < 2147483648.0);

    /// <summary>Why the conversion to an unsigned i32 traps, or 0.</summary>
    public static TrapReason CheckUInt32(double value) => Check(value, value is > -1.0 and < 4294967296.0);

    /// <summary>Why the conversion to i64 traps, or 0.</summary>
    public static TrapReason CheckInt64(double value) => Check(value, value is >= -9223372036854775808.0 and < 9223372036854775808.0);

    /// <summary>Why the conversion to an unsigned i64 traps, or 0.</summary>
    public static TrapReason CheckUInt64(double value) => Check(value, value is > -1.0 and < 18446744073709551616.0);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float DemotedNaN(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        return BitConverter.UInt32BitsToSingle((uint)(bits >> 32 & 0x8000_0000u) | 0x7FC0_0000u | (uint)(bits >> 29 & 0x003F_FFFFu));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double PromotedNaN(float value)
    {
        ulong bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt64BitsToDouble((bits & 0x8000_0000u) << 32 | 0x7FF8_0000_0000_0000u | (bits & 0x003F_FFFFu) << 29);
    }

    private static TrapReason Check(double value, bool isInRange)
    {
        if (isInRange)
            return 0;
        return double.IsNaN(value) ? TrapReason.InvalidConversionToInteger : TrapReason.IntegerOverflow;
    }
}
