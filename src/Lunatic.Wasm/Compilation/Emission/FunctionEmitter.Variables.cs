using System.Reflection.Emit;

namespace Lunatic.Wasm.Compilation.Emission;

// locals, globals, drop, select
internal sealed unsafe partial class FunctionEmitter
{
    private void EmitVariable(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Drop or Opcode.Drop2:
                Pop();
                break;
            case Opcode.Select or Opcode.SelectTyped or Opcode.Select2:
                EmitSelect();
                break;
            case Opcode.LocalGet or Opcode.LocalGet2:
                Push(Value.Of(LocalOf(in instruction)));
                break;
            case Opcode.LocalSet or Opcode.LocalSet2:
                EmitLocalSet(LocalOf(in instruction), Pop());
                break;
            case Opcode.LocalTee or Opcode.LocalTee2:
                EmitLocalSet(LocalOf(in instruction), Pop());
                Push(Value.Of(LocalOf(in instruction)));
                break;
            case Opcode.GlobalGet or Opcode.GlobalGet2:
                Push(Value.Global(StackTypes.Of(_definition.Globals[instruction.A].ValueType), instruction.A));
                break;
            default:
                Value value = Pop();
                SpillReadersOfGlobals();
                EmitGlobalAddress(instruction.A);
                EvaluateExactly(value);
                SlotAccess.EmitStore(_il, value.Type);
                break;
        }
    }

    private Variable LocalOf(in Instruction instruction) => _locals[_layout.LocalAt(instruction.A)];

    private void EmitLocalSet(Variable local, Value value)
    {
        if (value.Kind == ValueKind.Variable && value.Variable == local)
            return;
        SpillReadersOf(local);
        AssignTo(local, value);
        ForgetChecks(local);
        if (value.Kind == ValueKind.Variable)
            CopyChecks(value.Variable!, local);
    }

    // the cells of the module's own globals lie in the instance's block
    private void EmitGlobalAddress(int global)
    {
        _il.Emit(OpCodes.Ldarg_0);
        int own = global - _definition.ImportedGlobals;
        if (own >= 0)
        {
            EmitOffset(_module.Layout.Cells + (16L * own));
            return;
        }
        EmitOffset(ContextFields.Globals);
        _il.Emit(OpCodes.Ldind_I);
        EmitOffset((long)global * sizeof(nint));
        _il.Emit(OpCodes.Ldind_I);
    }

    private void EmitSelect()
    {
        Value condition = Pop();
        Value right = Pop();
        Value left = Pop();
        bool isInteger = left.Type is StackType.I32 or StackType.I64;
        if (isInteger && left.Kind != ValueKind.Constant && right.Kind != ValueKind.Constant)
        {
            // the mask needs the right side twice
            if (!right.IsTrivial)
                right = ToVariable(right);
            Push(Value.Select(condition, left, right));
            return;
        }
        // the left side is assigned before the others are evaluated, which see nothing of it
        bool isArithmetic = left.Type is StackType.F32 or StackType.F64 && IsArithmetic(left) && IsArithmetic(right);
        Variable result = NewVariable(left.Type, holdsAnyNaN: isArithmetic);
        AssignTo(result, left);
        Label end = _il.DefineLabel();
        EmitBranch(condition, true, end);
        AssignTo(result, right);
        _il.MarkLabel(end);
        Push(Value.Of(result));
    }

    private static bool IsArithmetic(Value value) => value.MayBeAnyNaN || value.Kind switch
    {
        ValueKind.Constant when value.Type == StackType.F32 => !float.IsNaN(BitConverter.Int32BitsToSingle((int)value.Bits)),
        ValueKind.Constant when value.Type == StackType.F64 => !double.IsNaN(BitConverter.Int64BitsToDouble(value.Bits)),
        _ => false,
    };

    // right ^ ((left ^ right) & -(condition != 0))
    private void EvaluateSelect(Value value)
    {
        Evaluate(value.Condition!);
        if (value.Condition!.Kind != ValueKind.Operation || !IsBoolean(value.Condition.Opcode))
        {
            _il.Emit(OpCodes.Ldc_I4_0);
            _il.Emit(OpCodes.Cgt_Un);
        }
        if (value.Type == StackType.I64)
            _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Neg);
        Evaluate(value.Left!);
        Evaluate(value.Right!);
        _il.Emit(OpCodes.Xor);
        _il.Emit(OpCodes.And);
        Evaluate(value.Right!);
        _il.Emit(OpCodes.Xor);
    }

    private static bool IsBoolean(Opcode opcode) => OperatorShape.IsComparison(opcode) || opcode is Opcode.I32Eqz or Opcode.I64Eqz;
}
