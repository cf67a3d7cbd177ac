using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

// 2 lanes of 64 bits
internal static partial class VectorOperators
{
    [MethodImpl(Inline)]
    public static V128 I64x2Splat(long value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)]
    public static long I64x2ExtractLane(V128 a, int lane) => a.AsInt64().GetElement(lane);

    [MethodImpl(Inline)]
    public static V128 I64x2ReplaceLane(V128 a, int lane, long value) => a.AsInt64().WithElement(lane, value).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2Eq(V128 a, V128 b) => Vector128.Equals(a.AsUInt64(), b.AsUInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsUInt64(), b.AsUInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2LtS(V128 a, V128 b) => Vector128.LessThan(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2GtS(V128 a, V128 b) => Vector128.GreaterThan(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2LeS(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2GeS(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsInt64(), b.AsInt64()).AsByte();

    // of the two, the one that is not negative; the least integer, whose negation is itself, stays
    [MethodImpl(Inline)]
    public static V128 I64x2Abs(V128 a) => Vector128.Max(a.AsInt64(), -a.AsInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2Neg(V128 a) => (-a.AsInt64()).AsByte();

    [MethodImpl(Inline)]
    public static int I64x2AllTrue(V128 a) => Vector128.EqualsAny(a.AsUInt64(), Vector128<ulong>.Zero) ? 0 : 1;

    [MethodImpl(Inline)]
    public static int I64x2Bitmask(V128 a) => (int)a.AsUInt64().ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    public static V128 I64x2Shl(V128 a, int count) => (a.AsUInt64() << (count & 63)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ShrS(V128 a, int count) => (a.AsInt64() >> (count & 63)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ShrU(V128 a, int count) => (a.AsUInt64() >>> (count & 63)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2Add(V128 a, V128 b) => (a.AsUInt64() + b.AsUInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2Sub(V128 a, V128 b) => (a.AsUInt64() - b.AsUInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2Mul(V128 a, V128 b) => (a.AsInt64() * b.AsInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ExtendLowI32x4S(V128 a) => Vector128.WidenLower(a.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ExtendLowI32x4U(V128 a) => Vector128.WidenLower(a.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ExtendHighI32x4S(V128 a) => Vector128.WidenUpper(a.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ExtendHighI32x4U(V128 a) => Vector128.WidenUpper(a.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ExtmulLowI32x4S(V128 a, V128 b) => (Vector128.WidenLower(a.AsInt32()) * Vector128.WidenLower(b.AsInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ExtmulLowI32x4U(V128 a, V128 b) => (Vector128.WidenLower(a.AsUInt32()) * Vector128.WidenLower(b.AsUInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ExtmulHighI32x4S(V128 a, V128 b) => (Vector128.WidenUpper(a.AsInt32()) * Vector128.WidenUpper(b.AsInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V128 I64x2ExtmulHighI32x4U(V128 a, V128 b) => (Vector128.WidenUpper(a.AsUInt32()) * Vector128.WidenUpper(b.AsUInt32())).AsByte();
}
