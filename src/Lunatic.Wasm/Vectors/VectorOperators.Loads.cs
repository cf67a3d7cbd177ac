using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

// loads of less than a vector. The caller has checked that all bytes moved are inside the memory; the address need not be aligned.
internal static unsafe partial class VectorOperators
{
    [MethodImpl(Inline)]
    public static V128 V128Load8x8S(byte* bytes) => I16x8ExtendLowI8x16S(V128Load64Zero(bytes));

    [MethodImpl(Inline)]
    public static V128 V128Load8x8U(byte* bytes) => I16x8ExtendLowI8x16U(V128Load64Zero(bytes));

    [MethodImpl(Inline)]
    public static V128 V128Load16x4S(byte* bytes) => I32x4ExtendLowI16x8S(V128Load64Zero(bytes));

    [MethodImpl(Inline)]
    public static V128 V128Load16x4U(byte* bytes) => I32x4ExtendLowI16x8U(V128Load64Zero(bytes));

    [MethodImpl(Inline)]
    public static V128 V128Load32x2S(byte* bytes) => I64x2ExtendLowI32x4S(V128Load64Zero(bytes));

    [MethodImpl(Inline)]
    public static V128 V128Load32x2U(byte* bytes) => I64x2ExtendLowI32x4U(V128Load64Zero(bytes));

    [MethodImpl(Inline)]
    public static V128 V128Load8Splat(byte* bytes) => Vector128.Create(*bytes);

    [MethodImpl(Inline)]
    public static V128 V128Load16Splat(byte* bytes) => Vector128.Create(Unsafe.ReadUnaligned<ushort>(bytes)).AsByte();

    [MethodImpl(Inline)]
    public static V128 V128Load32Splat(byte* bytes) => Vector128.Create(Unsafe.ReadUnaligned<uint>(bytes)).AsByte();

    [MethodImpl(Inline)]
    public static V128 V128Load64Splat(byte* bytes) => Vector128.Create(Unsafe.ReadUnaligned<ulong>(bytes)).AsByte();

    [MethodImpl(Inline)]
    public static V128 V128Load32Zero(byte* bytes) => Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(bytes)).AsByte();

    [MethodImpl(Inline)]
    public static V128 V128Load64Zero(byte* bytes) => Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(bytes)).AsByte();
}
