using System.Reflection.Emit;
using Lunatic.Wasm.Vectors;

namespace Lunatic.Wasm.Compilation.Emission;

// loads, stores, memory.size and memory.grow
internal sealed unsafe partial class FunctionEmitter
{
    private readonly bool _usesMemory;
    private readonly LocalBuilder _memoryBase;
    private readonly LocalBuilder _memoryLength;

    // how many bytes from the address in a variable on are known to be inside the memory, which never shrinks
    private readonly Dictionary<Variable, ulong> _checked = [];

    private static bool UsesMemory(Opcode opcode) => opcode is (>= Opcode.I32Load and <= Opcode.I64Store32)
        || (opcode >= Opcode.V128Load && VectorSignature.Of(opcode).Form is VectorForm.Load or VectorForm.Store or VectorForm.LoadLane or VectorForm.StoreLane);

    private void ReloadMemory()
    {
        if (!_usesMemory)
            return;
        LoadField(OpCodes.Ldarg_0, ContextFields.Memory0, OpCodes.Ldind_I);
        EmitOffset(ContextFields.MemoryBase);
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, _memoryBase);
        LoadField(OpCodes.Ldarg_0, ContextFields.Memory0, OpCodes.Ldind_I);
        EmitOffset(ContextFields.MemoryLength);
        _il.Emit(OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Stloc, _memoryLength);
    }

    private void EmitMemory(int i)
    {
        ref readonly Instruction instruction = ref _instructions[i];
        Opcode opcode = instruction.Opcode;
        switch (opcode)
        {
            case <= Opcode.I64Load32U:
                Value address = EmitBoundsCheck(i, Pop(), instruction.Immediate, AccessBytes(opcode));
                Push(Value.Load(opcode, LoadedType(opcode), address, instruction.Immediate));
                break;
            case <= Opcode.I64Store32:
                Value value = Pop();
                EmitStoring(i, opcode, Pop(), value, AccessBytes(opcode));
                break;
            case Opcode.MemorySize:
                SpillReadersOfMemory();
                EmitCallToRuntime(RuntimeMethods.MemorySize, StackType.I32, instruction.A);
                break;
            default:
                Value pages = ToVariable(Pop());
                SpillReadersOfMemory();
                EmitCallToRuntime(RuntimeMethods.MemoryGrow, StackType.I32, instruction.A, pages);
                ReloadMemory();
                break;
        }
    }

    // a value that reads memory is evaluated after the check and before the store, so it need not be spilled
    private void EmitStoring(int i, Opcode opcode, Value address, Value value, int bytes)
    {
        long offset = _instructions[i].Immediate;
        address = EmitBoundsCheck(i, address, offset, bytes);
        SpillReadersOfMemory();
        EmitAddress(address, offset);
        EvaluateExactly(value);
        EmitStore(opcode);
    }

    /// <summary>Makes sure that the bytes are inside the memory, or traps.</summary>
    /// <returns>The address, as something that can be evaluated again.</returns>
    private Value EmitBoundsCheck(int i, Value address, long offset, int bytes)
    {
        // offsets have 32 bits, so nothing overflows
        ulong needed = (ulong)offset + (ulong)bytes;
        if (!address.IsTrivial)
            address = ToVariable(address);
        if (address.Variable is Variable variable)
        {
            if (_checked.TryGetValue(variable, out ulong known) && known >= needed)
                return address;
            _checked[variable] = needed;
        }
        Evaluate(address);
        _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Ldc_I8, (long)needed);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldloc, _memoryLength);
        _il.Emit(OpCodes.Bgt_Un, TrapAt(i, TrapReason.MemoryOutOfBounds));
        return address;
    }

    private void ForgetChecks(Variable variable) => _checked.Remove(variable);

    private void CopyChecks(Variable from, Variable to)
    {
        if (_checked.TryGetValue(from, out ulong known))
            _checked[to] = known;
    }

    private void EmitAddress(Value address, long offset)
    {
        _il.Emit(OpCodes.Ldloc, _memoryBase);
        Evaluate(address);
        _il.Emit(OpCodes.Conv_U);
        _il.Emit(OpCodes.Add);
        EmitOffset(offset);
    }

    private void EmitLoad(Opcode opcode)
    {
        if (opcode >= Opcode.V128Load)
        {
            EmitVectorLoad(opcode);
            return;
        }
        if (AccessBytes(opcode) > 1)
            _il.Emit(OpCodes.Unaligned, (byte)1);
        _il.Emit(opcode switch
        {
            Opcode.I32Load or Opcode.I64Load32S => OpCodes.Ldind_I4,
            Opcode.I64Load32U => OpCodes.Ldind_U4,
            Opcode.I64Load => OpCodes.Ldind_I8,
            Opcode.F32Load => OpCodes.Ldind_R4,
            Opcode.F64Load => OpCodes.Ldind_R8,
            Opcode.I32Load8S or Opcode.I64Load8S => OpCodes.Ldind_I1,
            Opcode.I32Load8U or Opcode.I64Load8U => OpCodes.Ldind_U1,
            Opcode.I32Load16S or Opcode.I64Load16S => OpCodes.Ldind_I2,
            _ => OpCodes.Ldind_U2,
        });
        if (opcode is Opcode.I64Load8S or Opcode.I64Load16S or Opcode.I64Load32S)
            _il.Emit(OpCodes.Conv_I8);
        else if (opcode is Opcode.I64Load8U or Opcode.I64Load16U or Opcode.I64Load32U)
            _il.Emit(OpCodes.Conv_U8);
    }

    private void EmitStore(Opcode opcode)
    {
        if (opcode == Opcode.V128Store)
        {
            SlotAccess.EmitStoreVector(_il);
            return;
        }
        if (AccessBytes(opcode) > 1)
            _il.Emit(OpCodes.Unaligned, (byte)1);
        _il.Emit(opcode switch
        {
            Opcode.I64Store => OpCodes.Stind_I8,
            Opcode.F32Store => OpCodes.Stind_R4,
            Opcode.F64Store => OpCodes.Stind_R8,
            Opcode.I32Store8 or Opcode.I64Store8 => OpCodes.Stind_I1,
            Opcode.I32Store16 or Opcode.I64Store16 => OpCodes.Stind_I2,
            _ => OpCodes.Stind_I4,
        });
    }

    private static int AccessBytes(Opcode opcode) => opcode switch
    {
        Opcode.I64Load or Opcode.F64Load or Opcode.I64Store or Opcode.F64Store => 8,
        Opcode.I32Load8S or Opcode.I32Load8U or Opcode.I64Load8S or Opcode.I64Load8U or Opcode.I32Store8 or Opcode.I64Store8 => 1,
        Opcode.I32Load16S or Opcode.I32Load16U or Opcode.I64Load16S or Opcode.I64Load16U or Opcode.I32Store16 or Opcode.I64Store16 => 2,
        _ => 4,
    };

    private static StackType LoadedType(Opcode opcode) => opcode switch
    {
        Opcode.I32Load or (>= Opcode.I32Load8S and <= Opcode.I32Load16U) => StackType.I32,
        Opcode.F32Load => StackType.F32,
        Opcode.F64Load => StackType.F64,
        _ => StackType.I64,
    };
}
