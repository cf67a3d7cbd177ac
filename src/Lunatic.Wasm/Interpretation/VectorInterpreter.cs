using System.Runtime.Intrinsics;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Vectors;
using static Lunatic.Wasm.Vectors.VectorOperators;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Interpretation;

/// <summary>
/// Executes vector operators on the operand stack for <see cref="Interpreter"/>, whose rules hold here too. This file has those that touch
/// no memory and know one lane or none.
/// </summary>
internal static unsafe partial class VectorInterpreter
{
    /// <summary>Executes one operator.</summary>
    /// <returns>The new top of the operand stack, or null where an address is beyond the memory.</returns>
    public static ulong* Execute(Instruction* ip, ulong* sp, byte* memory, ulong length)
    {
        Opcode opcode = ip->Opcode;
        switch (VectorSignature.Of(opcode).Form)
        {
            case VectorForm.Load:
                return Load(ip, sp, memory, length);
            case VectorForm.Store:
                return Store(ip, sp, memory, length);
            case VectorForm.LoadLane:
                return LoadLane(ip, sp, memory, length);
            case VectorForm.StoreLane:
                return StoreLane(ip, sp, memory, length);
            case VectorForm.Constant:
                sp[0] = (ulong)ip->Immediate;
                sp[1] = (ulong)ip[1].Immediate;
                return sp + 2;
            case VectorForm.Shuffle:
                At(sp - 4) = I8x16Shuffle(At(sp - 4), At(sp - 2), Vector128.Create(ip->Immediate, ip[1].Immediate).AsByte());
                return sp - 2;
            case VectorForm.Splat:
                At(sp - 1) = Splat(opcode, sp - 1);
                return sp + 1;
            case VectorForm.ExtractLane:
                sp[-2] = ExtractLane(opcode, At(sp - 2), ip->Lane);
                return sp - 1;
            case VectorForm.ReplaceLane:
                At(sp - 3) = ReplaceLane(opcode, At(sp - 3), ip->Lane, sp - 1);
                return sp - 1;
            case VectorForm.Unary:
                At(sp - 2) = Unary(opcode, At(sp - 2));
                return sp;
            case VectorForm.Binary:
                At(sp - 4) = Binary(opcode, At(sp - 4), At(sp - 2));
                return sp - 2;
            case VectorForm.Ternary:
                At(sp - 6) = V128Bitselect(At(sp - 6), At(sp - 4), At(sp - 2));
                return sp - 4;
            case VectorForm.Shift:
                At(sp - 3) = Shift(opcode, At(sp - 3), (int)sp[-1]);
                return sp - 1;
            case VectorForm.Test:
                sp[-2] = (uint)Test(opcode, At(sp - 2));
                return sp - 1;
            default:
                throw Unknown(opcode);
        }
    }

    // frames are aligned to slots, not to vectors
    private static ref V128 At(ulong* slots) => ref *(V128*)slots;

    private static V128 Splat(Opcode opcode, ulong* scalar) => opcode switch
    {
        Opcode.I8x16Splat => I8x16Splat((int)*scalar),
        Opcode.I16x8Splat => I16x8Splat((int)*scalar),
        Opcode.I32x4Splat => I32x4Splat((int)*scalar),
        Opcode.I64x2Splat => I64x2Splat((long)*scalar),
        Opcode.F32x4Splat => F32x4Splat(*(float*)scalar),
        Opcode.F64x2Splat => F64x2Splat(*(double*)scalar),
        _ => throw Unknown(opcode),
    };

    private static ulong ExtractLane(Opcode opcode, V128 a, int lane) => opcode switch
    {
        Opcode.I8x16ExtractLaneS => (uint)I8x16ExtractLaneS(a, lane),
        Opcode.I8x16ExtractLaneU => (uint)I8x16ExtractLaneU(a, lane),
        Opcode.I16x8ExtractLaneS => (uint)I16x8ExtractLaneS(a, lane),
        Opcode.I16x8ExtractLaneU => (uint)I16x8ExtractLaneU(a, lane),
        Opcode.I32x4ExtractLane => (uint)I32x4ExtractLane(a, lane),
        Opcode.I64x2ExtractLane => (ulong)I64x2ExtractLane(a, lane),
        Opcode.F32x4ExtractLane => BitConverter.SingleToUInt32Bits(F32x4ExtractLane(a, lane)),
        Opcode.F64x2ExtractLane => BitConverter.DoubleToUInt64Bits(F64x2ExtractLane(a, lane)),
        _ => throw Unknown(opcode),
    };

    private static V128 ReplaceLane(Opcode opcode, V128 a, int lane, ulong* scalar) => opcode switch
    {
        Opcode.I8x16ReplaceLane => I8x16ReplaceLane(a, lane, (int)*scalar),
        Opcode.I16x8ReplaceLane => I16x8ReplaceLane(a, lane, (int)*scalar),
        Opcode.I32x4ReplaceLane => I32x4ReplaceLane(a, lane, (int)*scalar),
        Opcode.I64x2ReplaceLane => I64x2ReplaceLane(a, lane, (long)*scalar),
        Opcode.F32x4ReplaceLane => F32x4ReplaceLane(a, lane, *(float*)scalar),
        Opcode.F64x2ReplaceLane => F64x2ReplaceLane(a, lane, *(double*)scalar),
        _ => throw Unknown(opcode),
    };

    private static NotSupportedException Unknown(Opcode opcode) => new($"the interpreter does not know the operator {opcode}");
}
