using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Validation;

// loads, stores and the operators on whole memories
internal sealed partial class FunctionValidator<TSink>
{
    private WasmMemoryType Memory(int index, in Operator op) =>
        (uint)index < (uint)_module.Memories.Length ? _module.Memories[index] : throw Invalid($"unknown memory {(uint)index}", in op);

    private void CheckMemoryAccess(in Operator op)
    {
        ref readonly MemoryAccess access = ref MemoryAccess.Of(op.Opcode);
        WasmValueType address = CheckMemoryArgument(in op, access.Alignment);
        if (access.IsStore)
        {
            Pop(access.Type, in op);
            Pop(address, in op);
        }
        else
        {
            Pop(address, in op);
            _operands.Push(access.Type);
        }
    }

    // the type of the address
    private WasmValueType CheckMemoryArgument(in Operator op, int naturalAlignment)
    {
        WasmMemoryType memory = Memory(op.A, in op);
        if (op.B > naturalAlignment)
            throw Invalid("alignment must not be larger than natural", in op);
        if ((ulong)op.Immediate > uint.MaxValue && memory.IndexType == WasmValueType.I32)
            throw Invalid("offset out of range", in op);
        return memory.IndexType;
    }

    private void CheckMemory(in Operator op)
    {
        switch (op.Opcode)
        {
            case Opcode.MemorySize:
                _operands.Push(Memory(op.A, in op).IndexType);
                break;
            case Opcode.MemoryGrow:
                WasmValueType index = Memory(op.A, in op).IndexType;
                Pop(index, in op);
                _operands.Push(index);
                break;
            case Opcode.MemoryInit:
                index = Memory(op.B, in op).IndexType;
                CheckDataSegment(in op);
                Pop(WasmValueType.I32, in op);
                Pop(WasmValueType.I32, in op);
                Pop(index, in op);
                break;
            case Opcode.DataDrop:
                CheckDataSegment(in op);
                break;
            case Opcode.MemoryCopy:
                WasmValueType destination = Memory(op.A, in op).IndexType;
                WasmValueType source = Memory(op.B, in op).IndexType;
                Pop(Smaller(destination, source), in op);
                Pop(source, in op);
                Pop(destination, in op);
                break;
            case Opcode.MemoryFill:
                index = Memory(op.A, in op).IndexType;
                Pop(index, in op);
                Pop(WasmValueType.I32, in op);
                Pop(index, in op);
                break;
        }
    }

    // the length of a copy between a 32-bit and a 64-bit memory or table has 32 bits
    private static WasmValueType Smaller(WasmValueType a, WasmValueType b) => a == WasmValueType.I32 ? a : b;

    private void CheckDataSegment(in Operator op)
    {
        if ((uint)op.A >= (uint)_module.DataCount.GetValueOrDefault())
            throw Invalid($"unknown data segment {(uint)op.A}", in op);
    }
}
