using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Compilation.Emission;

// labels, jumps, returns
internal sealed unsafe partial class FunctionEmitter
{
    private readonly JumpTargets _flow;
    private readonly Label?[] _labels;
    private readonly StackType[]?[] _shapes;

    private int _arrived = -1;

    private Label LabelOf(int instruction) => _labels[instruction] ??= _il.DefineLabel();

    /// <summary>Control comes to an instruction, from the one before it and from jumps.</summary>
    private void Arrive(int i)
    {
        if (!_flow.IsTarget(i))
            return;
        if (_isReachable)
        {
            Settle();
            LeadTo(i, Shape(_stack.Count));
        }
        _il.MarkLabel(LabelOf(i));
        _arrived = i;
        TakeFactsAt(i);
        _stack.Clear();
        foreach (StackType type in _shapes[i] ?? throw new InvalidOperationException($"nothing leads to instruction {i}"))
            _stack.Add(Value.Of(Place(_stack.Count, type)));
        _isReachable = true;
    }

    // the state here is one of those that control comes to an instruction with
    private void LeadTo(int target, StackType[] shape)
    {
        _shapes[target] ??= shape;
        // back to the header of a loop nothing is taken along
        if (target > _arrived)
            LeaveFactsAt(target);
    }

    private StackType[] Shape(int count)
    {
        var shape = new StackType[count];
        for (int i = 0; i < count; i++)
            shape[i] = _stack[i].Type;
        return shape;
    }

    private void EmitControl(int i)
    {
        ref readonly Instruction instruction = ref _instructions[i];
        switch (instruction.Opcode)
        {
            case Opcode.LoopHeader or Opcode.LoopHeaderBeforeCall:
                if (_resumes && _onlySite is null)
                    EmitLoopDispatch(i);
                if (instruction.Opcode == Opcode.LoopHeader)
                    EmitCheck(SiteKind.LoopHeader, i + 1, instruction.Immediate);
                else
                    EmitCharge(instruction.Immediate);
                break;
            case Opcode.Jump:
                EmitJump(instruction.A);
                break;
            case Opcode.JumpUnwinding:
                EmitUnwindingJump(in instruction);
                _isReachable = false;
                break;
            case Opcode.JumpIf or Opcode.JumpIfZero:
                Value condition = Pop();
                Settle();
                LeadTo(instruction.A, Shape(_stack.Count));
                EmitBranch(condition, instruction.Opcode == Opcode.JumpIf, LabelOf(instruction.A));
                break;
            case Opcode.JumpIfUnwinding:
                condition = Pop();
                Settle();
                Label over = _il.DefineLabel();
                EmitBranch(condition, false, over);
                EmitUnwindingJump(in instruction);
                _il.MarkLabel(over);
                break;
            case Opcode.JumpTable:
                EmitJumpTable(i);
                break;
            case Opcode.Return:
                EmitReturn();
                break;
            default:
                _il.Emit(OpCodes.Br, TrapAt(i, TrapReason.Unreachable));
                _isReachable = false;
                break;
        }
    }

    private void EmitJump(int target)
    {
        Settle();
        LeadTo(target, Shape(_stack.Count));
        _il.Emit(OpCodes.Br, LabelOf(target));
        _isReachable = false;
    }

    private void EmitUnwindingJump(in Instruction instruction)
    {
        int carried = OperandsIn((int)instruction.Immediate, _stack.Count);
        int height = _stack.Count - carried;
        height -= OperandsIn((int)(instruction.Immediate >> 32), height);
        for (int k = 0; k < height; k++)
            MoveToPlace(_stack[k], k);
        for (int k = 0; k < carried; k++)
            MoveToPlace(_stack[_stack.Count - carried + k], height + k);
        LeadTo(instruction.A, [.. Shape(height), .. Shape(_stack.Count)[(_stack.Count - carried)..]]);
        _il.Emit(OpCodes.Br, LabelOf(instruction.A));
    }

    // how many operands, from the place below a number of operands downwards, take so many slots
    private int OperandsIn(int slots, int end)
    {
        int place = end;
        while (slots > 0)
            slots -= StackTypes.Slots(_stack[--place].Type);
        return end - place;
    }

    private void EmitJumpTable(int i)
    {
        Value selector = Pop();
        Settle();
        int count = _instructions[i].A;
        var labels = new Label[count];
        StackType[] shape = Shape(_stack.Count);
        for (int k = 0; k <= count; k++)
        {
            ref readonly Instruction jump = ref _instructions[i + 1 + k];
            // a plain jump is left out; it is emitted all the same, for whoever else may come to it, and costs nothing
            int target = jump.Opcode == Opcode.Jump ? jump.A : i + 1 + k;
            LeadTo(target, shape);
            LeadTo(i + 1 + k, shape);
            if (k < count)
            {
                labels[k] = LabelOf(target);
                continue;
            }
            Evaluate(selector);
            _il.Emit(OpCodes.Switch, labels);
            _il.Emit(OpCodes.Br, LabelOf(target));
        }
        _isReachable = false;
    }

    private void EmitReturn()
    {
        int first = _stack.Count - _type.Results.Length;
        StoreFuel();
        if (_resumes || _type.Results.Length > 1)
        {
            LoadStoreField(_resumes ? ContextFields.FrameTop : ContextFields.Results, OpCodes.Ldind_I);
            _il.Emit(OpCodes.Stloc, _pointer);
            SaveSlots(0, CollectionsMarshal.AsSpan(_stack)[first..]);
            if (_resumes)
            {
                EmitStoreFieldAddress(ContextFields.FrameTop);
                _il.Emit(OpCodes.Ldloc, _pointer);
                EmitOffset(_type.ResultSlots * sizeof(ulong));
                _il.Emit(OpCodes.Stind_I);
            }
        }
        else if (_type.Results.Length == 1)
        {
            EvaluateExactly(_stack[first]);
        }
        _il.Emit(OpCodes.Ret);
        _isReachable = false;
    }

    /// <summary>Jumps if the condition is not zero, or is zero.</summary>
    private void EmitBranch(Value condition, bool ifTrue, Label target)
    {
        while (condition is { Kind: ValueKind.Operation, Opcode: Opcode.I32Eqz })
        {
            condition = condition.Left!;
            ifTrue = !ifTrue;
        }
        if (condition is { Kind: ValueKind.Operation, Opcode: Opcode.I64Eqz })
        {
            Evaluate(condition.Left!);
            _il.Emit(ifTrue ? OpCodes.Brfalse : OpCodes.Brtrue, target);
        }
        else if (condition.Kind == ValueKind.Operation && OperatorShape.IsComparison(condition.Opcode))
        {
            EvaluateOperands(condition);
            _il.Emit(Comparisons.Branch(condition.Opcode, ifTrue), target);
        }
        else
        {
            Evaluate(condition);
            _il.Emit(ifTrue ? OpCodes.Brtrue : OpCodes.Brfalse, target);
        }
    }
}
