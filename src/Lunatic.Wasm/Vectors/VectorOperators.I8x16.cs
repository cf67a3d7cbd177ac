using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

// 16 lanes of 8 bits
internal static partial class VectorOperators
{
    [MethodImpl(Inline)]
    public static V128 I8x16Splat(int value) => Vector128.Create((sbyte)value).AsByte();

    [MethodImpl(Inline)]
    public static int I8x16ExtractLaneS(V128 a, int lane) => a.AsSByte().GetElement(lane);

    [MethodImpl(Inline)]
    public static int I8x16ExtractLaneU(V128 a, int lane) => a.GetElement(lane);

    [MethodImpl(Inline)]
    public static V128 I8x16ReplaceLane(V128 a, int lane, int value) => a.AsSByte().WithElement(lane, (sbyte)value).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16Eq(V128 a, V128 b) => Vector128.Equals(a, b);

    [MethodImpl(Inline)]
    public static V128 I8x16Ne(V128 a, V128 b) => ~Vector128.Equals(a, b);

    [MethodImpl(Inline)]
    public static V128 I8x16LtS(V128 a, V128 b) => Vector128.LessThan(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16LtU(V128 a, V128 b) => Vector128.LessThan(a, b);

    [MethodImpl(Inline)]
    public static V128 I8x16GtS(V128 a, V128 b) => Vector128.GreaterThan(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16GtU(V128 a, V128 b) => Vector128.GreaterThan(a, b);

    [MethodImpl(Inline)]
    public static V128 I8x16LeS(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16LeU(V128 a, V128 b) => Vector128.LessThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static V128 I8x16GeS(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16GeU(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a, b);

    // of the two, the one that is not negative; the least integer, whose negation is itself, stays
    [MethodImpl(Inline)]
    public static V128 I8x16Abs(V128 a) => Vector128.Max(a.AsSByte(), -a.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16Neg(V128 a) => (-a.AsSByte()).AsByte();

    // of each half of a byte, by a table
    [MethodImpl(Inline)]
    public static V128 I8x16Popcnt(V128 a)
    {
        V128 counts = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        V128 low = Vector128.Create((byte)0x0F);
        return Vector128.Shuffle(counts, a & low) + Vector128.Shuffle(counts, (a.AsUInt16() >>> 4).AsByte() & low);
    }

    [MethodImpl(Inline)]
    public static int I8x16AllTrue(V128 a) => Vector128.EqualsAny(a, Vector128<byte>.Zero) ? 0 : 1;

    [MethodImpl(Inline)]
    public static int I8x16Bitmask(V128 a) => (int)a.ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    public static V128 I8x16Shl(V128 a, int count) => a << (count & 7);

    [MethodImpl(Inline)]
    public static V128 I8x16ShrS(V128 a, int count) => (a.AsSByte() >> (count & 7)).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16ShrU(V128 a, int count) => a >>> (count & 7);

    [MethodImpl(Inline)]
    public static V128 I8x16Add(V128 a, V128 b) => a + b;

    [MethodImpl(Inline)]
    public static V128 I8x16AddSatS(V128 a, V128 b) => Vector128.AddSaturate(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16AddSatU(V128 a, V128 b) => Vector128.AddSaturate(a, b);

    [MethodImpl(Inline)]
    public static V128 I8x16Sub(V128 a, V128 b) => a - b;

    [MethodImpl(Inline)]
    public static V128 I8x16SubSatS(V128 a, V128 b) => Vector128.SubtractSaturate(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16SubSatU(V128 a, V128 b) => Vector128.SubtractSaturate(a, b);

    [MethodImpl(Inline)]
    public static V128 I8x16MinS(V128 a, V128 b) => Vector128.Min(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16MinU(V128 a, V128 b) => Vector128.Min(a, b);

    [MethodImpl(Inline)]
    public static V128 I8x16MaxS(V128 a, V128 b) => Vector128.Max(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16MaxU(V128 a, V128 b) => Vector128.Max(a, b);

    [MethodImpl(Inline)]
    public static V128 I8x16AvgrU(V128 a, V128 b) =>
        Sse2.IsSupported ? Sse2.Average(a, b) : (a | b) - ((a ^ b) >>> 1);

    [MethodImpl(Inline)]
    public static V128 I8x16NarrowI16x8S(V128 a, V128 b) => Vector128.NarrowWithSaturation(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V128 I8x16NarrowI16x8U(V128 a, V128 b) => Sse2.IsSupported
        ? Sse2.PackUnsignedSaturate(a.AsInt16(), b.AsInt16())
        : Vector128.NarrowWithSaturation(Vector128.Max(a.AsInt16(), Vector128<short>.Zero).AsUInt16(), Vector128.Max(b.AsInt16(), Vector128<short>.Zero).AsUInt16());

    // an index beyond the vector gives 0; the processor looks at its highest bit only
    [MethodImpl(Inline)]
    public static V128 I8x16Swizzle(V128 a, V128 indices) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(a, Sse2.AddSaturate(indices, Vector128.Create((byte)0x70))) : Vector128.Shuffle(a, indices);

    // what is an index into one of the vectors is beyond the other
    [MethodImpl(Inline)]
    public static V128 I8x16Shuffle(V128 a, V128 b, V128 lanes) =>
        Vector128.Shuffle(a, lanes) | Vector128.Shuffle(b, lanes - Vector128.Create((byte)16));
}
