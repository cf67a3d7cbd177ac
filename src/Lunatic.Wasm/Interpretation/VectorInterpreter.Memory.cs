using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Vectors;
using static Lunatic.Wasm.Vectors.VectorOperators;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Interpretation;

// loads and stores
internal static unsafe partial class VectorInterpreter
{
    private static ulong* Load(Instruction* ip, ulong* sp, byte* memory, ulong length)
    {
        byte* bytes = Locate(ip, sp - 1, memory, length);
        if (bytes == null)
            return null;
        At(sp - 1) = Loaded(ip->Opcode, bytes);
        return sp + 1;
    }

    private static ulong* Store(Instruction* ip, ulong* sp, byte* memory, ulong length)
    {
        byte* bytes = Locate(ip, sp - 3, memory, length);
        if (bytes == null)
            return null;
        *(V128*)bytes = At(sp - 2);
        return sp - 3;
    }

    private static ulong* LoadLane(Instruction* ip, ulong* sp, byte* memory, ulong length)
    {
        byte* bytes = Locate(ip, sp - 3, memory, length);
        if (bytes == null)
            return null;
        V128 vector = At(sp - 2);
        At(sp - 3) = ip->Opcode switch
        {
            Opcode.V128Load8Lane => I8x16ReplaceLane(vector, ip->Lane, *bytes),
            Opcode.V128Load16Lane => I16x8ReplaceLane(vector, ip->Lane, *(ushort*)bytes),
            Opcode.V128Load32Lane => I32x4ReplaceLane(vector, ip->Lane, *(int*)bytes),
            _ => I64x2ReplaceLane(vector, ip->Lane, *(long*)bytes),
        };
        return sp - 1;
    }

    private static ulong* StoreLane(Instruction* ip, ulong* sp, byte* memory, ulong length)
    {
        byte* bytes = Locate(ip, sp - 3, memory, length);
        if (bytes == null)
            return null;
        V128 vector = At(sp - 2);
        switch (ip->Opcode)
        {
            case Opcode.V128Store8Lane:
                *bytes = (byte)I8x16ExtractLaneU(vector, ip->Lane);
                break;
            case Opcode.V128Store16Lane:
                *(ushort*)bytes = (ushort)I16x8ExtractLaneU(vector, ip->Lane);
                break;
            case Opcode.V128Store32Lane:
                *(int*)bytes = I32x4ExtractLane(vector, ip->Lane);
                break;
            default:
                *(long*)bytes = I64x2ExtractLane(vector, ip->Lane);
                break;
        }
        return sp - 3;
    }

    private static V128 Loaded(Opcode opcode, byte* bytes) => opcode switch
    {
        Opcode.V128Load => *(V128*)bytes,
        Opcode.V128Load8x8S => V128Load8x8S(bytes),
        Opcode.V128Load8x8U => V128Load8x8U(bytes),
        Opcode.V128Load16x4S => V128Load16x4S(bytes),
        Opcode.V128Load16x4U => V128Load16x4U(bytes),
        Opcode.V128Load32x2S => V128Load32x2S(bytes),
        Opcode.V128Load32x2U => V128Load32x2U(bytes),
        Opcode.V128Load8Splat => V128Load8Splat(bytes),
        Opcode.V128Load16Splat => V128Load16Splat(bytes),
        Opcode.V128Load32Splat => V128Load32Splat(bytes),
        Opcode.V128Load64Splat => V128Load64Splat(bytes),
        Opcode.V128Load32Zero => V128Load32Zero(bytes),
        Opcode.V128Load64Zero => V128Load64Zero(bytes),
        _ => throw Unknown(opcode),
    };

    // where the bytes of an access lie, or null where one of them is beyond the memory
    private static byte* Locate(Instruction* ip, ulong* operand, byte* memory, ulong length)
    {
        ulong address = (uint)*operand + (ulong)ip->Immediate;
        return address + (1UL << VectorSignature.Of(ip->Opcode).Alignment) > length ? null : memory + address;
    }
}
