namespace Lunatic.Wasm.Text;

/// <summary>Structured instructions.</summary>
internal sealed partial class InstructionParser
{
    private void OpenBlock(TextOperator found, bool folded)
    {
        tokens.Position++;
        string? label = tokens.OptionalId();
        bool isIf = found.Immediate == Immediate.If;
        OpenConstruct kind = (folded, isIf) switch
        {
            (false, false) => OpenConstruct.Block,
            (false, true) => OpenConstruct.If,
            (true, false) => OpenConstruct.FoldedBlock,
            (true, true) => OpenConstruct.FoldedCondition,
        };
        _open.Add(new Opened(kind, _pending.Length));
        // a folded if comes behind its condition, and its label is not in scope there
        ByteBuffer target = kind == OpenConstruct.FoldedCondition ? _pending : _output;
        found.Write(target);
        typeUses.BlockType(target);
        if (kind == OpenConstruct.FoldedCondition)
            _conditionLabels.Push(label);
        else
            _labels.Push(label);
    }

    private void PlainElse()
    {
        if (_open.Count == 0 || _open.Last.Kind != OpenConstruct.If)
            throw tokens.Unexpected("an instruction");
        tokens.Position++;
        CheckRepeatedLabel();
        _output.WriteByte(ElseCode);
        _open.Last.Kind = OpenConstruct.Else;
    }

    private void PlainEnd()
    {
        if (_open.Count == 0 || _open.Last.Kind is not (OpenConstruct.Block or OpenConstruct.If or OpenConstruct.Else))
            throw tokens.Unexpected("an instruction");
        tokens.Position++;
        CheckRepeatedLabel();
        _output.WriteByte(EndCode);
        CloseBlock();
    }

    private void CloseBlock()
    {
        _labels.Pop();
        _open.RemoveLast();
    }

    // the label may be repeated at else and end
    private void CheckRepeatedLabel()
    {
        int position = tokens.Position;
        if (tokens.OptionalId() is not string label || label == _labels.Innermost)
            return;
        tokens.Position = position;
        throw tokens.Error($"mismatching label ${label}");
    }
}
