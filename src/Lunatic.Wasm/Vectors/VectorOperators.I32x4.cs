using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

// 4 lanes of 32 bits
internal static partial class VectorOperators
{
    [MethodImpl(Inline)]
    public static V128 I32x4Splat(int value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)]
    public static int I32x4ExtractLane(V128 a, int lane) => a.AsInt32().GetElement(lane);

    [MethodImpl(Inline)]
    public static V128 I32x4ReplaceLane(V128 a, int lane, int value) => a.AsInt32().WithElement(lane, value).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4Eq(V128 a, V128 b) => Vector128.Equals(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4LtS(V128 a, V128 b) => Vector128.LessThan(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4LtU(V128 a, V128 b) => Vector128.LessThan(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4GtS(V128 a, V128 b) => Vector128.GreaterThan(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4GtU(V128 a, V128 b) => Vector128.GreaterThan(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4LeS(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4LeU(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4GeS(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4GeU(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsUInt32(), b.AsUInt32()).AsByte();

    // of the two, the one that is not negative; the least integer, whose negation is itself, stays
    [MethodImpl(Inline)]
    public static V128 I32x4Abs(V128 a) => Vector128.Max(a.AsInt32(), -a.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4Neg(V128 a) => (-a.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static int I32x4AllTrue(V128 a) => Vector128.EqualsAny(a.AsUInt32(), Vector128<uint>.Zero) ? 0 : 1;

    [MethodImpl(Inline)]
    public static int I32x4Bitmask(V128 a) => (int)a.AsUInt32().ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    public static V128 I32x4Shl(V128 a, int count) => (a.AsUInt32() << (count & 31)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ShrS(V128 a, int count) => (a.AsInt32() >> (count & 31)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ShrU(V128 a, int count) => (a.AsUInt32() >>> (count & 31)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4Add(V128 a, V128 b) => (a.AsUInt32() + b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4Sub(V128 a, V128 b) => (a.AsUInt32() - b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4Mul(V128 a, V128 b) => (a.AsInt32() * b.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4MinS(V128 a, V128 b) => Vector128.Min(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4MinU(V128 a, V128 b) => Vector128.Min(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4MaxS(V128 a, V128 b) => Vector128.Max(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4MaxU(V128 a, V128 b) => Vector128.Max(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtendLowI16x8S(V128 a) => Vector128.WidenLower(a.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtendLowI16x8U(V128 a) => Vector128.WidenLower(a.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtendHighI16x8S(V128 a) => Vector128.WidenUpper(a.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtendHighI16x8U(V128 a) => Vector128.WidenUpper(a.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtmulLowI16x8S(V128 a, V128 b) => (Vector128.WidenLower(a.AsInt16()) * Vector128.WidenLower(b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtmulLowI16x8U(V128 a, V128 b) => (Vector128.WidenLower(a.AsUInt16()) * Vector128.WidenLower(b.AsUInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtmulHighI16x8S(V128 a, V128 b) => (Vector128.WidenUpper(a.AsInt16()) * Vector128.WidenUpper(b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtmulHighI16x8U(V128 a, V128 b) => (Vector128.WidenUpper(a.AsUInt16()) * Vector128.WidenUpper(b.AsUInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtaddPairwiseI16x8S(V128 a) => (((a.AsInt32() << 16) >> 16) + (a.AsInt32() >> 16)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4ExtaddPairwiseI16x8U(V128 a) => (((a.AsUInt32() << 16) >>> 16) + (a.AsUInt32() >>> 16)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4DotI16x8S(V128 a, V128 b) => Sse2.IsSupported
        ? Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsByte()
        : ((((a.AsInt32() << 16) >> 16) * ((b.AsInt32() << 16) >> 16)) + ((a.AsInt32() >> 16) * (b.AsInt32() >> 16))).AsByte();

    // a conversion of C#'s own saturates, and makes 0 of NaN
    [MethodImpl(Inline)]
    public static V128 I32x4TruncSatF32x4S(V128 a) => Vector128.ConvertToInt32(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4TruncSatF32x4U(V128 a) => Vector128.ConvertToUInt32(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4TruncSatF64x2SZero(V128 a) => Vector128.Create((int)a.AsDouble().GetElement(0), (int)a.AsDouble().GetElement(1), 0, 0).AsByte();

    [MethodImpl(Inline)]
    public static V128 I32x4TruncSatF64x2UZero(V128 a) => Vector128.Create((uint)a.AsDouble().GetElement(0), (uint)a.AsDouble().GetElement(1), 0, 0).AsByte();
}
