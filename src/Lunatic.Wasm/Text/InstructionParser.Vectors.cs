namespace Lunatic.Wasm.Text;

// immediates of the operators on vectors
internal sealed partial class InstructionParser
{
    private const int ShuffleLanes = 16;

    private void VectorOperator(TextOperator found, ByteBuffer output)
    {
        switch (found.Immediate)
        {
            case Immediate.Vector:
                UInt128 bits = tokens.Vector();
                output.WriteFixed((ulong)bits, 8);
                output.WriteFixed((ulong)(bits >> 64), 8);
                break;
            case Immediate.Lanes:
                Lanes(output);
                break;
            case Immediate.Lane:
                output.WriteByte(Lane());
                break;
            default:
                MemoryArgument(found, output, HasMemoryBeforeLane() ? scope.Memories.Read(tokens) : 0);
                output.WriteByte(Lane());
                break;
        }
    }

    // a single number is the lane
    private bool HasMemoryBeforeLane() =>
        tokens.Kind == TokenKind.Id || (tokens.IsIndex && (tokens.IsNextIndex || tokens.IsNext("offset="u8) || tokens.IsNext("align="u8)));

    private void Lanes(ByteBuffer output)
    {
        int count = tokens.CountNumbers();
        if (count != ShuffleLanes)
            throw tokens.Error($"invalid lane length: there are {count} lane indices, {ShuffleLanes} are wanted");
        for (int i = 0; i < ShuffleLanes; i++)
            output.WriteByte(IsNatural() ? Lane() : throw tokens.Error("i8 constant out of range"));
    }

    private byte Lane()
    {
        if (!IsNatural())
            throw tokens.Unexpected("a lane index");
        IntegerLiteral.TryParse(tokens.Text, out _, out _, out ulong lane, out bool fits);
        if (!fits || lane > byte.MaxValue)
            throw tokens.Error("i8 constant out of range");
        tokens.Position++;
        return (byte)lane;
    }

    private bool IsNatural() =>
        tokens.Kind == TokenKind.Atom && IntegerLiteral.TryParse(tokens.Text, out bool signed, out _, out _, out _) && !signed;
}
