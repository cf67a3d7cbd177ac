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
    public static V128 F32x4Ceil(V128 a) => Canonical(Vector128.Ceiling(a.AsSingle()));

    [MethodImpl(Inline)]
    public static V128 F32x4Floor(V128 a) => Canonical(Vector128.Floor(a.AsSingle()));

    [MethodImpl(Inline)]
    public static V128 F32x4Trunc(V128 a) => Canonical(Vector128.Truncate(a.AsSingle()));

    [MethodImpl(Inline)]
    public static V128 F32x4Nearest(V128 a) => Canonical(Vector128.Round(a.AsSingle()));

    [MethodImpl(Inline)]
    public static V128 F32x4Sqrt(V128 a) => Canonical(Vector128.Sqrt(a.AsSingle()));

    [MethodImpl(Inline)]
    public static V128 F32x4Add(V128 a, V128 b) => Canonical(a.AsSingle() + b.AsSingle());

    [MethodImpl(Inline)]
    public static V128 F32x4Sub(V128 a, V128 b) => Canonical(a.AsSingle() - b.AsSingle());

    [MethodImpl(Inline)]
    public static V128 F32x4Mul(V128 a, V128 b) => Canonical(a.AsSingle() * b.AsSingle());

    [MethodImpl(Inline)]
    public static V128 F32x4Div(V128 a, V128 b) => Canonical(a.AsSingle() / b.AsSingle());

    [MethodImpl(Inline)]
    public static V128 F32x4Min(V128 a, V128 b) => Canonical(Vector128.Min(a.AsSingle(), b.AsSingle()));

    [MethodImpl(Inline)]
    public static V128 F32x4Max(V128 a, V128 b) => Canonical(Vector128.Max(a.AsSingle(), b.AsSingle()));

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

    // as FloatBits does for scalars
    [MethodImpl(Inline)]
    private static V128 Canonical(Vector128<float> result) =>
        Vector128.ConditionalSelect(Vector128.Equals(result, result).AsByte(), result.AsByte(), Vector128.Create(0x7FC0_0000u).AsByte());
}
