using Lunatic.Wasm.Collections;

namespace Lunatic.Wasm.Text;

/// <summary>
/// Parses instructions, plain and folded, and writes them in the binary format. What is open is kept on a list, not on the
/// C# stack: any nesting depth takes linear time and cannot overflow.
/// </summary>
internal sealed partial class InstructionParser(TokenReader tokens, ModuleScope scope, TypeParser types, TypeUseParser typeUses)
{
    private const byte ElseCode = 0x05;
    private const byte EndCode = 0x0B;

    private readonly LabelScope _labels = new();
    private readonly ArrayBuilder<Opened> _open = new();

    // folded instructions whose operands are being read: what is to be written behind them, and the labels of ifs
    private readonly ByteBuffer _pending = new();
    private readonly Stack<string?> _conditionLabels = new();
    private ByteBuffer _output = new();

    /// <summary>The locals of the function that is parsed.</summary>
    public IndexSpace Locals { get; } = new("local");

    /// <summary>Whether an instruction was seen that needs the data count section.</summary>
    public bool NeedsDataCount { get; private set; }

    /// <summary>Parses instructions up to the parenthesis that closes what they stand in, and writes them with a final <c>end</c>.</summary>
    public void Expression(ByteBuffer output) => Parse(output, single: false);

    /// <summary>Parses one folded instruction and writes it with a final <c>end</c>.</summary>
    public void FoldedExpression(ByteBuffer output)
    {
        if (tokens.Kind != TokenKind.Open)
            throw tokens.Unexpected("a folded instruction");
        Parse(output, single: true);
    }

    private void Parse(ByteBuffer output, bool single)
    {
        _output = output;
        while (Step() && !(single && _open.Count == 0))
        {
        }
        output.WriteByte(EndCode);
    }

    /// <summary>One instruction, or the end of one; false at the end of them all.</summary>
    private bool Step()
    {
        switch (tokens.Kind)
        {
            case TokenKind.Open:
                StepOpen();
                return true;
            case TokenKind.Close when _open.Count == 0:
                return false;
            case TokenKind.Close:
                StepClose();
                return true;
            case TokenKind.Atom when TakesPlainInstructions():
                Instruction(folded: false);
                return true;
            default:
                throw tokens.Unexpected("an instruction");
        }
    }

    private bool TakesPlainInstructions() =>
        _open.Count == 0 || _open.Last.Kind is OpenConstruct.Block or OpenConstruct.If or OpenConstruct.Else
            or OpenConstruct.FoldedBlock or OpenConstruct.FoldedThen or OpenConstruct.FoldedElse;

    private void StepOpen()
    {
        OpenConstruct? inside = _open.Count == 0 ? null : _open.Last.Kind;
        switch (inside)
        {
            case OpenConstruct.FoldedCondition when tokens.TryOpen("then"u8):
                WritePending();
                _labels.Push(_conditionLabels.Pop());
                _open.Last.Kind = OpenConstruct.FoldedThen;
                return;
            case OpenConstruct.AfterThen when tokens.TryOpen("else"u8):
                _output.WriteByte(ElseCode);
                _open.Last.Kind = OpenConstruct.FoldedElse;
                return;
            case OpenConstruct.AfterThen or OpenConstruct.AfterElse:
                throw tokens.Unexpected("the end of if");
            default:
                tokens.Position++;
                Instruction(folded: true);
                return;
        }
    }

    private void StepClose()
    {
        OpenConstruct kind = _open.Last.Kind;
        switch (kind)
        {
            case OpenConstruct.FoldedOperator:
                WritePending();
                _open.RemoveLast();
                break;
            case OpenConstruct.FoldedThen:
                _open.Last.Kind = OpenConstruct.AfterThen;
                break;
            case OpenConstruct.FoldedElse:
                _open.Last.Kind = OpenConstruct.AfterElse;
                break;
            case OpenConstruct.FoldedBlock or OpenConstruct.AfterThen or OpenConstruct.AfterElse:
                _output.WriteByte(EndCode);
                CloseBlock();
                break;
            default:
                throw tokens.Unexpected(kind == OpenConstruct.FoldedCondition ? "\"(then\"" : "\"end\"");
        }
        tokens.Position++;
    }

    private void WritePending()
    {
        int start = _open.Last.Pending;
        _output.WriteBytes(_pending.Written[start..]);
        _pending.Truncate(start);
    }

    private void Instruction(bool folded)
    {
        if (tokens.Kind != TokenKind.Atom || Mnemonics.Get(tokens.Text) is not { } found)
            throw tokens.Unexpected("an instruction");
        switch (found.Immediate)
        {
            case Immediate.Block or Immediate.If:
                OpenBlock(found, folded);
                break;
            case Immediate.Else when !folded:
                PlainElse();
                break;
            case Immediate.End when !folded:
                PlainEnd();
                break;
            case Immediate.Else or Immediate.End:
                throw tokens.Unexpected("an instruction");
            default:
                if (folded)
                    _open.Add(new Opened(OpenConstruct.FoldedOperator, _pending.Length));
                tokens.Position++;
                PlainOperator(found, folded ? _pending : _output);
                break;
        }
    }

    // a construct that is being read, and where in _pending begins what is to be written behind it
    private record struct Opened(OpenConstruct Kind, int Pending);
}
