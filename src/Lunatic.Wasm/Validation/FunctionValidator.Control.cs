using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Validation;

// blocks, branches and calls
internal sealed partial class FunctionValidator<TSink>
{
    private ControlFrame[] _control = new ControlFrame[16];
    private Label[] _labels = new Label[16];
    private int _controlCount;

    private void CheckControl(in Operator op)
    {
        switch (op.Opcode)
        {
            case Opcode.Nop:
                Observe(in op);
                break;
            case Opcode.Unreachable:
                Observe(in op);
                MarkUnreachable();
                break;
            case Opcode.Block or Opcode.Loop or Opcode.If:
                CheckBlock(in op);
                break;
            case Opcode.Else:
                CheckElse(in op);
                break;
            case Opcode.End:
                CheckEnd(in op);
                break;
            case Opcode.Br:
                CheckBranch(in op);
                break;
            case Opcode.BrIf:
                CheckBranchIf(in op);
                break;
            case Opcode.BrTable:
                CheckBranchTable(in op);
                break;
            case Opcode.Return:
                Observe(in op);
                PopResults(_control[0].Type, in op);
                MarkUnreachable();
                break;
            case Opcode.Call:
                if ((uint)op.A >= (uint)_module.FunctionTypes.Length)
                    throw Invalid($"unknown function {(uint)op.A}", in op);
                Observe(in op);
                CheckCall(_module.FunctionTypes[op.A], in op);
                break;
            case Opcode.CallIndirect:
                CheckCallIndirect(in op);
                break;
        }
    }

    private void PushBlock(Opcode opcode, WasmFunctionType type)
    {
        if (_controlCount == ModuleLimits.Nesting)
            throw new WasmMalformedException($"too many blocks within blocks: the limit is {ModuleLimits.Nesting}", _module.Functions[_function - _module.ImportedFunctions].BodyStart);
        if (_controlCount == _control.Length)
            Array.Resize(ref _control, 2 * _control.Length);
        _control[_controlCount++] = new ControlFrame
        {
            Opcode = opcode,
            Type = type,
            Height = _operands.Count,
            HeightSlots = _operands.Slots,
            Live = _live,
            InitializedHeight = _initialized.Count,
        };
        _floor = _operands.Count;
        _polymorphic = false;
    }

    private void CheckBlock(in Operator op)
    {
        WasmFunctionType type = BlockType(in op);
        if (op.Opcode == Opcode.If)
            Pop(WasmValueType.I32, in op);
        PopParameters(type, in op);
        PushBlock(op.Opcode, type);
        PushParameters(type);
        if (TSink.Observes && _live)
            _sink.Block(in op, in _control[_controlCount - 1], _operands);
    }

    private WasmFunctionType BlockType(in Operator op)
    {
        if (op.A >= 0)
            return FunctionType(op.A, in op);
        RequireFeatures(op.Type, op.Offset);
        return BlockTypes.Of(op.Type);
    }

    private WasmFunctionType FunctionType(int index, in Operator op) =>
        (uint)index < (uint)_module.Types.Length && _module.Types[index].Function is { } type ? type : throw Invalid($"unknown type {(uint)index}", in op);

    private void CheckElse(in Operator op)
    {
        ref ControlFrame block = ref _control[_controlCount - 1];
        // an else of no if cannot be decoded: the grammar has an end there
        if (block.Opcode != Opcode.If)
            throw new WasmMalformedException("END opcode expected", op.Offset);
        PopAllResults(in block, in op);
        if (TSink.Observes && block.Live)
            _sink.Else(in op, _live);
        // a first branch that ends is a way to what follows the block, like a branch to its end
        block.Targeted |= _live;
        block.Opcode = Opcode.Else;
        block.Unreachable = false;
        _polymorphic = false;
        _live = block.Live;
        ForgetInitialized(block.InitializedHeight);
        PushParameters(block.Type);
    }

    private void CheckEnd(in Operator op)
    {
        ref ControlFrame block = ref _control[_controlCount - 1];
        PopAllResults(in block, in op);
        if (block.Opcode == Opcode.If && !block.Type.Parameters.AsSpan().SequenceEqual(block.Type.Results.AsSpan()))
            throw Invalid("type mismatch: an if without else has to leave what it takes", in op);
        bool continues = block.Live && (_live || block.Opcode == Opcode.If || (block.Targeted && block.Opcode != Opcode.Loop));
        if (TSink.Observes && block.Live)
            _sink.End(in op, in block, _live, continues);
        _live = continues;
        ForgetInitialized(block.InitializedHeight);
        _controlCount--;
        if (_controlCount == 0)
            return;
        _floor = _control[_controlCount - 1].Height;
        _polymorphic = _control[_controlCount - 1].Unreachable;
        PushResults(block.Type);
    }

    private void PopParameters(WasmFunctionType type, in Operator op) => Pop(type.Parameters.AsSpan(), type.ParameterSlots, in op);

    private void PushParameters(WasmFunctionType type) => Push(type.Parameters.AsSpan(), type.ParameterSlots);

    private void PopResults(WasmFunctionType type, in Operator op) => Pop(type.Results.AsSpan(), type.ResultSlots, in op);

    private void PushResults(WasmFunctionType type) => Push(type.Results.AsSpan(), type.ResultSlots);

    private void PopAllResults(in ControlFrame block, in Operator op)
    {
        PopResults(block.Type, in op);
        if (_operands.Count != block.Height)
            throw Invalid("type mismatch: operands are left at the end of a block", in op);
    }

    private void MarkUnreachable()
    {
        ref ControlFrame block = ref _control[_controlCount - 1];
        block.Unreachable = true;
        _polymorphic = true;
        _live = false;
        _operands.Truncate(block.Height, block.HeightSlots);
    }

    private int Target(int label, in Operator op) =>
        (uint)label < (uint)_controlCount ? _controlCount - 1 - label : throw Invalid($"unknown label {(uint)label}", in op);

    private static ReadOnlySpan<WasmValueType> LabelTypes(in ControlFrame block) =>
        (block.Opcode == Opcode.Loop ? block.Type.Parameters : block.Type.Results).AsSpan();

    private static int LabelSlots(in ControlFrame block) => block.Opcode == Opcode.Loop ? block.Type.ParameterSlots : block.Type.ResultSlots;

    private Label MakeLabel(int target)
    {
        ref ControlFrame block = ref _control[target];
        block.Targeted = true;
        return new Label(target, block.Opcode == Opcode.Loop, LabelTypes(in block).Length, LabelSlots(in block), block.HeightSlots);
    }

    private void CheckBranch(in Operator op)
    {
        int target = Target(op.A, in op);
        if (TSink.Observes && _live)
            _sink.Branch(in op, MakeLabel(target), _operands);
        CheckTop(LabelTypes(in _control[target]), in op);
        MarkUnreachable();
    }

    private void CheckBranchIf(in Operator op)
    {
        int target = Target(op.A, in op);
        Pop(WasmValueType.I32, in op);
        if (TSink.Observes && _live)
            _sink.BranchIf(in op, MakeLabel(target), _operands);
        ref ControlFrame block = ref _control[target];
        ReadOnlySpan<WasmValueType> types = LabelTypes(in block);
        Pop(types, LabelSlots(in block), in op);
        Push(types, LabelSlots(in block));
    }

    private void CheckBranchTable(in Operator op)
    {
        Pop(WasmValueType.I32, in op);
        int count = op.A + 1;
        bool observes = TSink.Observes && _live;
        if (observes && _labels.Length < count)
            _labels = new Label[count];
        var targets = new ByteReader(_module.Bytes.Span, (int)op.Immediate, _module.Functions[_function - _module.ImportedFunctions].BodyEnd);
        int arity = -1;
        for (int i = 0; i < count; i++)
        {
            int target = Target((int)targets.ReadU32(), in op);
            ref ControlFrame block = ref _control[target];
            ReadOnlySpan<WasmValueType> types = LabelTypes(in block);
            if (arity >= 0 && types.Length != arity)
                throw Invalid("type mismatch: the targets of br_table want different numbers of operands", in op);
            arity = types.Length;
            if (block.CheckedTable != op.Offset)
                CheckTop(types, in op);
            block.CheckedTable = op.Offset;
            if (observes)
                _labels[i] = MakeLabel(target);
        }
        if (observes)
            _sink.BranchTable(in op, _labels.AsSpan(0, count), _operands);
        MarkUnreachable();
    }

    private void CheckCall(WasmFunctionType type, in Operator op)
    {
        PopParameters(type, in op);
        PushResults(type);
    }

    private void CheckCallIndirect(in Operator op)
    {
        WasmTableType table = Table(op.B, in op);
        if (!TypeMatching.Matches(_module, table.ElementType, WasmValueType.FuncRef))
            throw Invalid("type mismatch: the table of call_indirect has to hold functions", in op);
        WasmFunctionType type = FunctionType(op.A, in op);
        Observe(in op);
        Pop(table.IndexType, in op);
        CheckCall(type, in op);
    }
}
