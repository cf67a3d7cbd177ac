using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Validation;

namespace Lunatic.Wasm.Compilation;

// blocks become jumps
internal partial struct LoweringSink
{
    public void Block(in Operator op, in ControlFrame block, OperandStack stack)
    {
        Charge(op.Opcode);
        switch (op.Opcode)
        {
            case Opcode.Loop:
                int header = _code.Add(Opcode.LoopHeader, op.Offset);
                OpenBlock(header);
                _charge = header;
                sites?.Add(_code.Count, SiteKind.LoopHeader, stack, stack.Count);
                break;
            case Opcode.If:
                int jump = _code.Add(Opcode.JumpIfZero, op.Offset, LoweredCode.NoJump);
                OpenBlock(0, jump);
                break;
            default:
                OpenBlock(0);
                break;
        }
    }

    public readonly void Else(in Operator op, bool fallsThrough)
    {
        ref OpenBlock block = ref _blocks.Last;
        if (fallsThrough)
            block.JumpsToEnd = _code.Add(Opcode.Jump, op.Offset, block.JumpsToEnd);
        _code.Patch(block.JumpToElse);
        block.JumpToElse = LoweredCode.NoJump;
    }

    public void End(in Operator op, in ControlFrame block, bool fallsThrough, bool continues)
    {
        OpenBlock closed = _blocks.Last;
        _blocks.RemoveLast();
        _charge = closed.OuterCharge;
        _code.Patch(closed.JumpToElse);
        _code.Patch(closed.JumpsToEnd);
        if (_blocks.Count == 0 && continues)
            _code.Add(Opcode.Return, op.Offset);
    }

    public readonly void Branch(in Operator op, in Label label, OperandStack stack)
    {
        Charge(op.Opcode);
        if (label.Frame == 0)
            _code.Add(Opcode.Return, op.Offset);
        else
            EmitJump(in op, in label, stack, Opcode.Jump, Opcode.JumpUnwinding);
    }

    public readonly void BranchIf(in Operator op, in Label label, OperandStack stack)
    {
        Charge(op.Opcode);
        EmitJump(in op, in label, stack, Opcode.JumpIf, Opcode.JumpIfUnwinding);
    }

    public readonly void BranchTable(in Operator op, ReadOnlySpan<Label> labels, OperandStack stack)
    {
        Charge(op.Opcode);
        _code.Add(Opcode.JumpTable, op.Offset, labels.Length - 1);
        foreach (ref readonly Label label in labels)
            EmitJump(in op, in label, stack, Opcode.Jump, Opcode.JumpUnwinding);
    }

    private readonly void OpenBlock(int header, int jumpToElse = LoweredCode.NoJump) => _blocks.Add(new OpenBlock
    {
        Header = header,
        JumpsToEnd = LoweredCode.NoJump,
        JumpToElse = jumpToElse,
        OuterCharge = _charge,
    });

    private readonly void EmitJump(in Operator op, in Label label, OperandStack stack, Opcode plain, Opcode unwinding)
    {
        ref OpenBlock block = ref _blocks[label.Frame];
        int dropped = stack.Slots - label.AritySlots - label.HeightSlots;
        int jump = dropped == 0
            ? _code.Add(plain, op.Offset)
            : _code.Add(unwinding, op.Offset, immediate: ((long)dropped << 32) | (uint)label.AritySlots);
        if (label.IsLoop)
        {
            _code[jump].A = block.Header;
        }
        else
        {
            _code[jump].A = block.JumpsToEnd;
            block.JumpsToEnd = jump;
        }
    }
}
