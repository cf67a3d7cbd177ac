using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

// 2 doubles
internal static partial class VectorOperators
{
    [MethodImpl(Inline)]
    public static V128 F64x2Splat(double value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)]
    public static double F64x2ExtractLane(V128 a, int lane) => a.AsDouble().GetElement(lane);

    [MethodImpl(Inline)]
    public static V128 F64x2ReplaceLane(V128 a, int lane, double value) => a.AsDouble().WithElement(lane, value).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Eq(V128 a, V128 b) => Vector128.Equals(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Lt(V128 a, V128 b) => Vector128.LessThan(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Gt(V128 a, V128 b) => Vector128.GreaterThan(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Le(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Ge(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Abs(V128 a) => a & Vector128.Create(0x7FFF_FFFF_FFFF_FFFFu).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Neg(V128 a) => a ^ Vector128.Create(0x8000_0000_0000_0000u).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Ceil(V128 a) => F64x2Canonical(VectorArithmetic.F64x2Ceil(a));

    [MethodImpl(Inline)]
    public static V128 F64x2Floor(V128 a) => F64x2Canonical(VectorArithmetic.F64x2Floor(a));

    [MethodImpl(Inline)]
    public static V128 F64x2Trunc(V128 a) => F64x2Canonical(VectorArithmetic.F64x2Trunc(a));

    [MethodImpl(Inline)]
    public static V128 F64x2Nearest(V128 a) => F64x2Canonical(VectorArithmetic.F64x2Nearest(a));

    [MethodImpl(Inline)]
    public static V128 F64x2Sqrt(V128 a) => F64x2Canonical(VectorArithmetic.F64x2Sqrt(a));

    [MethodImpl(Inline)]
    public static V128 F64x2Add(V128 a, V128 b) => F64x2Canonical(VectorArithmetic.F64x2Add(a, b));

    [MethodImpl(Inline)]
    public static V128 F64x2Sub(V128 a, V128 b) => F64x2Canonical(VectorArithmetic.F64x2Sub(a, b));

    [MethodImpl(Inline)]
    public static V128 F64x2Mul(V128 a, V128 b) => F64x2Canonical(VectorArithmetic.F64x2Mul(a, b));

    [MethodImpl(Inline)]
    public static V128 F64x2Div(V128 a, V128 b) => F64x2Canonical(VectorArithmetic.F64x2Div(a, b));

    [MethodImpl(Inline)]
    public static V128 F64x2Min(V128 a, V128 b) => F64x2Canonical(VectorArithmetic.F64x2Min(a, b));

    [MethodImpl(Inline)]
    public static V128 F64x2Max(V128 a, V128 b) => F64x2Canonical(VectorArithmetic.F64x2Max(a, b));

    // a comparison and a choice: NaNs go through unchanged
    [MethodImpl(Inline)]
    public static V128 F64x2Pmin(V128 a, V128 b) => Vector128.ConditionalSelect(F64x2Lt(b, a), b, a);

    [MethodImpl(Inline)]
    public static V128 F64x2Pmax(V128 a, V128 b) => Vector128.ConditionalSelect(F64x2Lt(a, b), b, a);

    // 32 bits as the lowest of a significand whose unit is 1: the double is 2^52 more
    [MethodImpl(Inline)]
    public static V128 F64x2ConvertLowI32x4U(V128 a) => (WithUnitOne(a.AsUInt32()) - Vector128.Create(TwoTo52)).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2ConvertLowI32x4S(V128 a) =>
        (WithUnitOne(a.AsUInt32() ^ Vector128.Create(0x8000_0000u)) - Vector128.Create(TwoTo52 + 0x8000_0000)).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2PromoteLowF32x4(V128 a) => Vector128.WidenLower(a.AsSingle()).AsByte();

    private const double TwoTo52 = 4503599627370496;

    [MethodImpl(Inline)]
    private static Vector128<double> WithUnitOne(Vector128<uint> low) =>
        (Vector128.WidenLower(low) | Vector128.Create(TwoTo52).AsUInt64()).AsDouble();

    /// <summary>The vector with the one NaN that arithmetic yields in place of any (see <see cref="Interpretation.FloatBits"/>).</summary>
    [MethodImpl(Inline)]
    public static V128 F64x2Canonical(V128 a) =>
        Vector128.ConditionalSelect(F64x2Eq(a, a), a, Vector128.Create(0x7FF8_0000_0000_0000u).AsByte());
}
