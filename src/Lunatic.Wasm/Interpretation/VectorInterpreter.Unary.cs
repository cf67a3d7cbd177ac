using Lunatic.Wasm.Compilation;
using static Lunatic.Wasm.Vectors.VectorOperators;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Interpretation;

// operators with one vector
internal static unsafe partial class VectorInterpreter
{
    private static V128 Unary(Opcode opcode, V128 a) => opcode switch
    {
        Opcode.V128Not => V128Not(a),
        Opcode.F32x4DemoteF64x2Zero => F32x4DemoteF64x2Zero(a),
        Opcode.F64x2PromoteLowF32x4 => F64x2PromoteLowF32x4(a),
        Opcode.I8x16Abs => I8x16Abs(a),
        Opcode.I8x16Neg => I8x16Neg(a),
        Opcode.I8x16Popcnt => I8x16Popcnt(a),
        Opcode.F32x4Ceil => F32x4Ceil(a),
        Opcode.F32x4Floor => F32x4Floor(a),
        Opcode.F32x4Trunc => F32x4Trunc(a),
        Opcode.F32x4Nearest => F32x4Nearest(a),
        Opcode.F64x2Ceil => F64x2Ceil(a),
        Opcode.F64x2Floor => F64x2Floor(a),
        Opcode.F64x2Trunc => F64x2Trunc(a),
        Opcode.I16x8ExtaddPairwiseI8x16S => I16x8ExtaddPairwiseI8x16S(a),
        Opcode.I16x8ExtaddPairwiseI8x16U => I16x8ExtaddPairwiseI8x16U(a),
        Opcode.I32x4ExtaddPairwiseI16x8S => I32x4ExtaddPairwiseI16x8S(a),
        Opcode.I32x4ExtaddPairwiseI16x8U => I32x4ExtaddPairwiseI16x8U(a),
        Opcode.I16x8Abs => I16x8Abs(a),
        Opcode.I16x8Neg => I16x8Neg(a),
        Opcode.I16x8ExtendLowI8x16S => I16x8ExtendLowI8x16S(a),
        Opcode.I16x8ExtendHighI8x16S => I16x8ExtendHighI8x16S(a),
        Opcode.I16x8ExtendLowI8x16U => I16x8ExtendLowI8x16U(a),
        Opcode.I16x8ExtendHighI8x16U => I16x8ExtendHighI8x16U(a),
        Opcode.F64x2Nearest => F64x2Nearest(a),
        Opcode.I32x4Abs => I32x4Abs(a),
        Opcode.I32x4Neg => I32x4Neg(a),
        Opcode.I32x4ExtendLowI16x8S => I32x4ExtendLowI16x8S(a),
        Opcode.I32x4ExtendHighI16x8S => I32x4ExtendHighI16x8S(a),
        Opcode.I32x4ExtendLowI16x8U => I32x4ExtendLowI16x8U(a),
        Opcode.I32x4ExtendHighI16x8U => I32x4ExtendHighI16x8U(a),
        Opcode.I64x2Abs => I64x2Abs(a),
        Opcode.I64x2Neg => I64x2Neg(a),
        Opcode.I64x2ExtendLowI32x4S => I64x2ExtendLowI32x4S(a),
        Opcode.I64x2ExtendHighI32x4S => I64x2ExtendHighI32x4S(a),
        Opcode.I64x2ExtendLowI32x4U => I64x2ExtendLowI32x4U(a),
        Opcode.I64x2ExtendHighI32x4U => I64x2ExtendHighI32x4U(a),
        Opcode.F32x4Abs => F32x4Abs(a),
        Opcode.F32x4Neg => F32x4Neg(a),
        Opcode.F32x4Sqrt => F32x4Sqrt(a),
        Opcode.F64x2Abs => F64x2Abs(a),
        Opcode.F64x2Neg => F64x2Neg(a),
        Opcode.F64x2Sqrt => F64x2Sqrt(a),
        Opcode.I32x4TruncSatF32x4S => I32x4TruncSatF32x4S(a),
        Opcode.I32x4TruncSatF32x4U => I32x4TruncSatF32x4U(a),
        Opcode.F32x4ConvertI32x4S => F32x4ConvertI32x4S(a),
        Opcode.F32x4ConvertI32x4U => F32x4ConvertI32x4U(a),
        Opcode.I32x4TruncSatF64x2SZero => I32x4TruncSatF64x2SZero(a),
        Opcode.I32x4TruncSatF64x2UZero => I32x4TruncSatF64x2UZero(a),
        Opcode.F64x2ConvertLowI32x4S => F64x2ConvertLowI32x4S(a),
        Opcode.F64x2ConvertLowI32x4U => F64x2ConvertLowI32x4U(a),
        _ => throw Unknown(opcode),
    };

    private static V128 Shift(Opcode opcode, V128 a, int count) => opcode switch
    {
        Opcode.I8x16Shl => I8x16Shl(a, count),
        Opcode.I8x16ShrS => I8x16ShrS(a, count),
        Opcode.I8x16ShrU => I8x16ShrU(a, count),
        Opcode.I16x8Shl => I16x8Shl(a, count),
        Opcode.I16x8ShrS => I16x8ShrS(a, count),
        Opcode.I16x8ShrU => I16x8ShrU(a, count),
        Opcode.I32x4Shl => I32x4Shl(a, count),
        Opcode.I32x4ShrS => I32x4ShrS(a, count),
        Opcode.I32x4ShrU => I32x4ShrU(a, count),
        Opcode.I64x2Shl => I64x2Shl(a, count),
        Opcode.I64x2ShrS => I64x2ShrS(a, count),
        Opcode.I64x2ShrU => I64x2ShrU(a, count),
        _ => throw Unknown(opcode),
    };

    private static int Test(Opcode opcode, V128 a) => opcode switch
    {
        Opcode.V128AnyTrue => V128AnyTrue(a),
        Opcode.I8x16AllTrue => I8x16AllTrue(a),
        Opcode.I8x16Bitmask => I8x16Bitmask(a),
        Opcode.I16x8AllTrue => I16x8AllTrue(a),
        Opcode.I16x8Bitmask => I16x8Bitmask(a),
        Opcode.I32x4AllTrue => I32x4AllTrue(a),
        Opcode.I32x4Bitmask => I32x4Bitmask(a),
        Opcode.I64x2AllTrue => I64x2AllTrue(a),
        Opcode.I64x2Bitmask => I64x2Bitmask(a),
        _ => throw Unknown(opcode),
    };
}
