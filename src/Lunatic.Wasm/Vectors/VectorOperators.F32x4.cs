using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

// 4 floats
internal static partial class VectorOperators
{
    [MethodImpl(Inline)]
    public static V128 F32x4Splat(float value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)]
    public static float F32x4ExtractLane(V128 a, int lane) => a.AsSingle().GetElement(lane);

    [MethodImpl(Inline)]
    public static V128 F32x4ReplaceLane(V128 a, int lane, float value) => a.AsSingle().WithElement(lane, value).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Eq(V128 a, V128 b) => Vector128.Equals(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Lt(V128 a, V128 b) => Vector128.LessThan(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Gt(V128 a, V128 b) => Vector128.GreaterThan(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Le(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Ge(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Abs(V128 a) => a & Vector128.Create(0x7FFF_FFFFu).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Neg(V128 a) => a ^ Vector128.Create(0x8000_0000u).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Ceil(V128 a) => F32x4Canonical(VectorArithmetic.F32x4Ceil(a));

    [MethodImpl(Inline)]
    public static V128 F32x4Floor(V128 a) => F32x4Canonical(VectorArithmetic.F32x4Floor(a));

    [MethodImpl(Inline)]
    public static V128 F32x4Trunc(V128 a) => F32x4Canonical(VectorArithmetic.F32x4Trunc(a));

    [MethodImpl(Inline)]
    public static V128 F32x4Nearest(V128 a) => F32x4Canonical(VectorArithmetic.F32x4Nearest(a));

    [MethodImpl(Inline)]
    public static V128 F32x4Sqrt(V128 a) => F32x4Canonical(VectorArithmetic.F32x4Sqrt(a));

    [MethodImpl(Inline)]
    public static V128 F32x4Add(V128 a, V128 b) => F32x4Canonical(VectorArithmetic.F32x4Add(a, b));

    [MethodImpl(Inline)]
    public static V128 F32x4Sub(V128 a, V128 b) => F32x4Canonical(VectorArithmetic.F32x4Sub(a, b));

    [MethodImpl(Inline)]
    public static V128 F32x4Mul(V128 a, V128 b) => F32x4Canonical(VectorArithmetic.F32x4Mul(a, b));

    [MethodImpl(Inline)]
    public static V128 F32x4Div(V128 a, V128 b) => F32x4Canonical(VectorArithmetic.F32x4Div(a, b));

    [MethodImpl(Inline)]
    public static V128 F32x4Min(V128 a, V128 b) => F32x4Canonical(VectorArithmetic.F32x4Min(a, b));

    [MethodImpl(Inline)]
    public static V128 F32x4Max(V128 a, V128 b) => F32x4Canonical(VectorArithmetic.F32x4Max(a, b));

    // a comparison and a choice: NaNs go through unchanged
    [MethodImpl(Inline)]
    public static V128 F32x4Pmin(V128 a, V128 b) => Vector128.ConditionalSelect(F32x4Lt(b, a), b, a);

    [MethodImpl(Inline)]
    public static V128 F32x4Pmax(V128 a, V128 b) => Vector128.ConditionalSelect(F32x4Lt(a, b), b, a);

    [MethodImpl(Inline)]
    public static V128 F32x4ConvertI32x4S(V128 a) => Vector128.ConvertToSingle(a.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4ConvertI32x4U(V128 a) => Vector128.ConvertToSingle(a.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4DemoteF64x2Zero(V128 a) => Vector128.Narrow(a.AsDouble(), Vector128<double>.Zero).AsByte();

    /// <summary>The vector with the one NaN that arithmetic yields in place of any (see <see cref="Interpretation.FloatBits"/>).</summary>
    [MethodImpl(Inline)]
    public static V128 F32x4Canonical(V128 a) =>
        Vector128.ConditionalSelect(F32x4Eq(a, a), a, Vector128.Create(0x7FC0_0000u).AsByte());
}
