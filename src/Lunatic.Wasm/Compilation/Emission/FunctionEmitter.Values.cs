using System.Reflection.Emit;

namespace Lunatic.Wasm.Compilation.Emission;

// operands: pushing, popping, evaluating, forcing into variables
internal sealed unsafe partial class FunctionEmitter
{
    private void Push(Value value)
    {
        _stack.Add(value);
        if (value.Depth > Value.MaxDepth)
            Spill(_stack.Count - 1);
    }

    private Value Pop()
    {
        Value value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private Variable NewVariable(StackType type, bool holdsAnyNaN = false) =>
        new(type, _il.DeclareLocal(StackTypes.ClrType(type))) { HoldsAnyNaN = holdsAnyNaN };

    /// <summary>The variable of an operand where control flow meets.</summary>
    private Variable Place(int place, StackType type)
    {
        if (!_places.TryGetValue((place, type), out Variable? variable))
            _places.Add((place, type), variable = NewVariable(type));
        return variable;
    }

    /// <summary>Evaluates a value into a new variable, unless it is one that nothing assigns to any more.</summary>
    private Value ToVariable(Value value)
    {
        if (value is { Kind: ValueKind.Variable, Marks: 0 })
            return value;
        Variable variable = NewVariable(value.Type, holdsAnyNaN: value.MayBeAnyNaN && value.Type != StackType.V128);
        AssignTo(variable, value);
        return Value.Of(variable);
    }

    private void AssignTo(Variable variable, Value value)
    {
        if (variable.HoldsAnyNaN)
            Evaluate(value);
        else
            EvaluateExactly(value);
        Assign(variable);
    }

    private void Spill(int index)
    {
        if (_stack[index].Kind != ValueKind.Constant)
            _stack[index] = ToVariable(_stack[index]);
    }

    private void SpillExpressions()
    {
        for (int i = 0; i < _stack.Count; i++)
        {
            if (!_stack[i].IsTrivial)
                Spill(i);
        }
    }

    private void SpillReadersOfMemory()
    {
        for (int i = 0; i < _stack.Count; i++)
        {
            if (_stack[i].ReadsMemory)
                Spill(i);
        }
    }

    private void SpillReadersOfGlobals()
    {
        for (int i = 0; i < _stack.Count; i++)
        {
            if (_stack[i].ReadsGlobals)
                Spill(i);
        }
    }

    private void SpillReadersOf(Variable local)
    {
        for (int i = 0; i < _stack.Count; i++)
        {
            if ((_stack[i].Marks & local.Mark) != 0)
                Spill(i);
        }
    }

    /// <summary>Puts every operand where it lies when control flow meets.</summary>
    private void Settle()
    {
        for (int i = 0; i < _stack.Count; i++)
            MoveToPlace(_stack[i], i);
        for (int i = 0; i < _stack.Count; i++)
            _stack[i] = Value.Of(Place(i, _stack[i].Type));
    }

    private void MoveToPlace(Value value, int place)
    {
        Variable variable = Place(place, value.Type);
        if (value.Kind == ValueKind.Variable && value.Variable == variable)
            return;
        EvaluateExactly(value);
        Assign(variable);
        ForgetChecks(variable);
    }

    private void Load(Variable variable)
    {
        if (variable.Local is LocalBuilder local)
            _il.Emit(OpCodes.Ldloc, local);
        else
            _il.Emit(OpCodes.Ldarg, (short)variable.Argument);
    }

    private void Assign(Variable variable)
    {
        if (variable.Local is LocalBuilder local)
            _il.Emit(OpCodes.Stloc, local);
        else
            _il.Emit(OpCodes.Starg, (short)variable.Argument);
    }

    /// <summary>Evaluates a value whose bits may be seen: with the canonical NaN.</summary>
    private void EvaluateExactly(Value value)
    {
        if (IsFloatLane(value))
        {
            EvaluateReinterpretation(LaneAsInteger(value));
            return;
        }
        Evaluate(value);
        if (value.MayBeAnyNaN)
            EmitCanonical(value);
    }

    private void Evaluate(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Constant when value.Type == StackType.V128:
                EmitVectorConstant(value.Bits, value.HighBits);
                break;
            case ValueKind.Constant:
                EmitConstant(value.Type, value.Bits);
                break;
            case ValueKind.Variable:
                Load(value.Variable!);
                break;
            case ValueKind.Operation when value.Opcode == Opcode.F32ReinterpretI32:
                EvaluateReinterpretation(value.Left!);
                break;
            case ValueKind.Operation when value.Opcode >= Opcode.V128Load:
                EvaluateVector(value);
                break;
            case ValueKind.Operation:
                EvaluateOperands(value);
                EmitOperator(value.Opcode, value.Right);
                break;
            case ValueKind.Load:
                EmitAddress(value.Left!, value.Bits);
                EmitLoad(value.Opcode);
                break;
            case ValueKind.Global:
                EmitGlobalAddress((int)value.Bits);
                SlotAccess.EmitLoad(_il, value.Type);
                break;
            default:
                EvaluateSelect(value);
                break;
        }
    }

    // by way of memory that the JIT knows nothing of: it must not make a constant of it (see CompiledNumerics.SingleOf)
    private void EvaluateReinterpretation(Value value)
    {
        LoadStoreField(ContextFields.Results, OpCodes.Ldind_I);
        EmitOffset(Execution.SaveArea.ScratchOffset);
        Evaluate(value);
        _il.Emit(OpCodes.Stind_I4);
        LoadStoreField(ContextFields.Results, OpCodes.Ldind_I);
        EmitOffset(Execution.SaveArea.ScratchOffset);
        _il.Emit(OpCodes.Ldind_R4);
    }

    private void EvaluateOperands(Value value)
    {
        EvaluateOperand(value, value.Left!, value.Right);
        if (value.Right is not null && !(value.Right.Kind == ValueKind.Constant && IsShift(value.Opcode)))
            EvaluateOperand(value, value.Right, value.Left);
    }

    private void EvaluateOperand(Value parent, Value value, Value? other)
    {
        if (IsRotation(value) && OperatorShape.Mixes(parent.Opcode) && other is { Kind: not (ValueKind.Constant or ValueKind.Variable) })
            EvaluateMixedRotation(value);
        else if (OperatorShape.TakesAnyNaN(parent.Opcode))
            Evaluate(value);
        else
            EvaluateExactly(value);
    }

    private void EmitConstant(StackType type, long bits)
    {
        switch (type)
        {
            case StackType.I32:
                _il.Emit(OpCodes.Ldc_I4, (int)bits);
                break;
            case StackType.I64:
                _il.Emit(OpCodes.Ldc_I8, bits);
                break;
            case StackType.F32 when float.IsNaN(BitConverter.Int32BitsToSingle((int)bits)):
                _il.Emit(OpCodes.Ldc_I4, (int)bits);
                _il.Emit(OpCodes.Call, RuntimeMethods.SingleOf);
                break;
            case StackType.F32:
                _il.Emit(OpCodes.Ldc_R4, BitConverter.Int32BitsToSingle((int)bits));
                break;
            case StackType.F64 when double.IsNaN(BitConverter.Int64BitsToDouble(bits)):
                _il.Emit(OpCodes.Ldc_I8, bits);
                _il.Emit(OpCodes.Call, RuntimeMethods.Int64BitsToDouble);
                break;
            case StackType.V128:
                EmitVectorConstant(bits, 0);
                break;
            default:
                _il.Emit(OpCodes.Ldc_R8, BitConverter.Int64BitsToDouble(bits));
                break;
        }
    }

    private void EmitPointer(void* pointer)
    {
        _il.Emit(OpCodes.Ldc_I8, (long)pointer);
        _il.Emit(OpCodes.Conv_I);
    }

    private void EmitOffset(long offset)
    {
        if (offset == 0)
            return;
        _il.Emit(OpCodes.Ldc_I8, offset);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
    }

    private void EmitFieldAddress(int offset)
    {
        _il.Emit(OpCodes.Ldarg_0);
        EmitOffset(offset);
    }

    private void LoadField(OpCode pointer, int offset, OpCode load)
    {
        _il.Emit(pointer);
        EmitOffset(offset);
        _il.Emit(load);
    }

    private void LoadStoreField(int offset, OpCode load)
    {
        EmitStoreFieldAddress(offset);
        _il.Emit(load);
    }

    private void EmitStoreFieldAddress(int offset)
    {
        EmitStoreContext();
        EmitOffset(offset);
    }

    // loaded each time: kept in a variable it would take a register from all loops, for the sake of what is done at calls and slow paths only
    private void EmitStoreContext() => LoadField(OpCodes.Ldarg_0, ContextFields.Store, OpCodes.Ldind_I);
}
