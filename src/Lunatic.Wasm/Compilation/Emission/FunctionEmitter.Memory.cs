using System.Reflection.Emit;
using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Vectors;

namespace Lunatic.Wasm.Compilation.Emission;

// loads, stores, memory.size and memory.grow
internal sealed unsafe partial class FunctionEmitter
{
    // so many checked addresses get variables of 64 bits of their own: with far more variables the JIT stops optimising
    private const int MaxWideAddresses = 500;

    private readonly bool _usesMemory;
    private readonly LocalBuilder _memoryBase;
    private readonly LocalBuilder _memoryLimits;
    private int _wideAddresses;

    private static bool UsesMemory(Opcode opcode) => opcode is (>= Opcode.I32Load and <= Opcode.I64Store32)
        || (opcode >= Opcode.V128Load && VectorSignature.Of(opcode).Form is VectorForm.Load or VectorForm.Store or VectorForm.LoadLane or VectorForm.StoreLane);

    private void ReloadMemory()
    {
        if (!_usesMemory)
            return;
        LoadMemoryField(ContextFields.MemoryBase, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, _memoryBase);
        LoadMemoryField(ContextFields.MemoryLimits, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, _memoryLimits);
    }

    // the record of a memory of the module's own lies in the instance's block
    private void LoadMemoryField(int field, OpCode load)
    {
        if (_definition.ImportedMemories == 0)
        {
            LoadField(OpCodes.Ldarg_0, _module.Layout.MemoryRecords + field, load);
            return;
        }
        LoadField(OpCodes.Ldarg_0, ContextFields.Memory0, OpCodes.Ldind_I);
        EmitOffset(field);
        _il.Emit(load);
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
    /// <returns>The address, as something that can be evaluated again; of 32 or 64 bits.</returns>
    private Value EmitBoundsCheck(int i, Value address, long offset, int bytes)
    {
        // offsets have 32 bits, so nothing overflows
        long needed = offset + bytes;
        if (address.Kind == ValueKind.Constant && (uint)address.Bits + needed <= LeastMemoryLength)
            return address;
        if (address.Variable is Variable variable && !TryLearn(variable, needed))
            return address;
        address = Widen(address);
        Evaluate(address);
        if (address.Type == StackType.I32)
            _il.Emit(OpCodes.Conv_U8);
        if (needed <= AddressLimits.MaxBytes)
        {
            _il.Emit(OpCodes.Ldloc, _memoryLimits);
            EmitOffset(needed * sizeof(long));
            _il.Emit(OpCodes.Ldind_I8);
            _il.Emit(OpCodes.Bgt, TrapAt(i, TrapReason.MemoryOutOfBounds));
        }
        else
        {
            _il.Emit(OpCodes.Ldc_I8, needed);
            _il.Emit(OpCodes.Add);
            LoadMemoryField(ContextFields.MemoryLength, OpCodes.Ldind_I8);
            _il.Emit(OpCodes.Bgt_Un, TrapAt(i, TrapReason.MemoryOutOfBounds));
        }
        return address;
    }

    private long LeastMemoryLength => (long)Math.Min(_definition.Memories[0].Limits.Minimum, WasmMemory.MaxPages) * WasmMemoryType.PageSize;

    // check and access read the same 64 bits, so that the JIT extends the address only once
    private Value Widen(Value address)
    {
        if (address.Kind == ValueKind.Constant)
            return address;
        if (_wideAddresses == MaxWideAddresses)
            return address.IsTrivial ? address : ToVariable(address);
        _wideAddresses++;
        Variable wide = NewVariable(StackType.I64);
        Evaluate(address);
        _il.Emit(OpCodes.Conv_U8);
        Assign(wide);
        return Value.Of(wide);
    }

    private void EmitAddress(Value address, long offset)
    {
        _il.Emit(OpCodes.Ldloc, _memoryBase);
        if (address.Kind == ValueKind.Constant)
        {
            EmitOffset((uint)address.Bits + offset);
            return;
        }
        Evaluate(address);
        if (address.Type == StackType.I32)
            _il.Emit(OpCodes.Conv_U);
        else
            _il.Emit(OpCodes.Conv_I);
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
