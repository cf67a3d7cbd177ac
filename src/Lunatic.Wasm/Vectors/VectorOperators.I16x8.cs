using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

// 8 lanes of 16 bits
internal static partial class VectorOperators
{
    [MethodImpl(Inline)]
    public static V128 I16x8Splat(int value) => Vector128.Create((short)value).AsByte();

    [MethodImpl(Inline)]
    public static int I16x8ExtractLaneS(V128 a, int lane) => a.AsInt16().GetElement(lane);

    [MethodImpl(Inline)]
    public static int I16x8ExtractLaneU(V128 a, int lane) => a.AsUInt16().GetElement(lane);

    [MethodImpl(Inline)]
    public static V128 I16x8ReplaceLane(V128 a, int lane, int value) => a.AsInt16().WithElement(lane, (short)value).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8Eq(V128 a, V128 b) => Vector128.Equals(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8LtS(V128 a, V128 b) => Vector128.LessThan(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8LtU(V128 a, V128 b) => Vector128.LessThan(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8GtS(V128 a, V128 b) => Vector128.GreaterThan(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8GtU(V128 a, V128 b) => Vector128.GreaterThan(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8LeS(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8LeU(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8GeS(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8GeU(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsUInt16(), b.AsUInt16()).AsByte();

    // of the two, the one that is not negative; the least integer, whose negation is itself, stays
    [MethodImpl(Inline)]
    public static V128 I16x8Abs(V128 a) => Vector128.Max(a.AsInt16(), -a.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8Neg(V128 a) => (-a.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static int I16x8AllTrue(V128 a) => Vector128.EqualsAny(a.AsUInt16(), Vector128<ushort>.Zero) ? 0 : 1;

    [MethodImpl(Inline)]
    public static int I16x8Bitmask(V128 a) => (int)a.AsUInt16().ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    public static V128 I16x8Shl(V128 a, int count) => (a.AsUInt16() << (count & 15)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ShrS(V128 a, int count) => (a.AsInt16() >> (count & 15)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ShrU(V128 a, int count) => (a.AsUInt16() >>> (count & 15)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8Add(V128 a, V128 b) => (a.AsUInt16() + b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8AddSatS(V128 a, V128 b) => Vector128.AddSaturate(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8AddSatU(V128 a, V128 b) => Vector128.AddSaturate(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8Sub(V128 a, V128 b) => (a.AsUInt16() - b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8SubSatS(V128 a, V128 b) => Vector128.SubtractSaturate(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8SubSatU(V128 a, V128 b) => Vector128.SubtractSaturate(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8Mul(V128 a, V128 b) => (a.AsInt16() * b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8MinS(V128 a, V128 b) => Vector128.Min(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8MinU(V128 a, V128 b) => Vector128.Min(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8MaxS(V128 a, V128 b) => Vector128.Max(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8MaxU(V128 a, V128 b) => Vector128.Max(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8AvgrU(V128 a, V128 b) =>
        Sse2.IsSupported ? Sse2.Average(a.AsUInt16(), b.AsUInt16()).AsByte() : ((a.AsUInt16() | b.AsUInt16()) - ((a.AsUInt16() ^ b.AsUInt16()) >>> 1)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtendLowI8x16S(V128 a) => Vector128.WidenLower(a.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtendLowI8x16U(V128 a) => Vector128.WidenLower(a).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtendHighI8x16S(V128 a) => Vector128.WidenUpper(a.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtendHighI8x16U(V128 a) => Vector128.WidenUpper(a).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtmulLowI8x16S(V128 a, V128 b) => (Vector128.WidenLower(a.AsSByte()) * Vector128.WidenLower(b.AsSByte())).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtmulLowI8x16U(V128 a, V128 b) => (Vector128.WidenLower(a) * Vector128.WidenLower(b)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtmulHighI8x16S(V128 a, V128 b) => (Vector128.WidenUpper(a.AsSByte()) * Vector128.WidenUpper(b.AsSByte())).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtmulHighI8x16U(V128 a, V128 b) => (Vector128.WidenUpper(a) * Vector128.WidenUpper(b)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtaddPairwiseI8x16S(V128 a) => (((a.AsInt16() << 8) >> 8) + (a.AsInt16() >> 8)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8ExtaddPairwiseI8x16U(V128 a) => (((a.AsUInt16() << 8) >>> 8) + (a.AsUInt16() >>> 8)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8NarrowI32x4S(V128 a, V128 b) => Vector128.NarrowWithSaturation(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I16x8NarrowI32x4U(V128 a, V128 b) => Sse41.IsSupported
        ? Sse41.PackUnsignedSaturate(a.AsInt32(), b.AsInt32()).AsByte()
        : Vector128.NarrowWithSaturation(Vector128.Max(a.AsInt32(), Vector128<int>.Zero).AsUInt32(), Vector128.Max(b.AsInt32(), Vector128<int>.Zero).AsUInt32()).AsByte();

    // the only product out of range, that of -1 and -1, comes out of the rounding as -1
    [MethodImpl(Inline)]
    public static V128 I16x8Q15MulrSatS(V128 a, V128 b)
    {
        if (!Ssse3.IsSupported)
            return Vector128.NarrowWithSaturation(Q15Mulr(Vector128.WidenLower(a.AsInt16()), Vector128.WidenLower(b.AsInt16())), Q15Mulr(Vector128.WidenUpper(a.AsInt16()), Vector128.WidenUpper(b.AsInt16()))).AsByte();
        Vector128<short> product = Ssse3.MultiplyHighRoundScale(a.AsInt16(), b.AsInt16());
        return (product ^ Vector128.Equals(product, Vector128.Create(short.MinValue))).AsByte();
    }

    private static Vector128<int> Q15Mulr(Vector128<int> a, Vector128<int> b) => ((a * b) + Vector128.Create(0x4000)) >> 15;
}
