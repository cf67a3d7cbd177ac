namespace Lunatic.Wasm.Text;

/// <summary>Reads numbers where the grammar wants one.</summary>
internal static class NumberReader
{
    /// <summary>An unsigned number of at most 32 bits: an index.</summary>
    public static uint Unsigned32(this TokenReader tokens)
    {
        ulong value = tokens.Unsigned64();
        if (value > uint.MaxValue)
        {
            tokens.Position--;
            throw tokens.Error("i32 constant out of range");
        }
        return (uint)value;
    }

    /// <summary>An unsigned number of at most 64 bits: a limit, an offset.</summary>
    public static ulong Unsigned64(this TokenReader tokens)
    {
        if (tokens.Kind != TokenKind.Atom
            || !IntegerLiteral.TryParse(tokens.Text, out bool signed, out _, out ulong value, out bool fits) || signed)
            throw tokens.Unexpected("a number");
        if (!fits)
            throw tokens.Error("i64 constant out of range");
        tokens.Position++;
        return value;
    }

    /// <summary>An integer of that many bits, signed or not; sign-extended to 64 bits.</summary>
    public static long Integer(this TokenReader tokens, int bits)
    {
        if (tokens.Kind != TokenKind.Atom
            || !IntegerLiteral.TryParse(tokens.Text, out bool signed, out bool negative, out ulong magnitude, out bool fits))
            throw tokens.Unexpected($"an i{bits} constant");
        ulong half = 1UL << (bits - 1);
        ulong largest = negative ? half : signed ? half - 1 : half + (half - 1);
        if (!fits || magnitude > largest)
            throw tokens.Error("constant out of range");
        tokens.Position++;
        long value = negative ? unchecked(-(long)magnitude) : (long)magnitude;
        return (value << (64 - bits)) >> (64 - bits);
    }

    /// <summary>The bits of a float.</summary>
    public static ulong Float(this TokenReader tokens, FloatFormat format)
    {
        ulong bits = 0;
        FloatLiteral.Outcome outcome = tokens.Kind == TokenKind.Atom
            ? FloatLiteral.Parse(tokens.Text, format, out bits)
            : FloatLiteral.Outcome.NotAFloat;
        if (outcome == FloatLiteral.Outcome.NotAFloat)
            throw tokens.Unexpected($"an f{(format == FloatFormat.Single ? 32 : 64)} constant");
        if (outcome == FloatLiteral.Outcome.OutOfRange)
            throw tokens.Error("constant out of range");
        tokens.Position++;
        return bits;
    }

    /// <summary>The bits of a vector: a shape and its lanes.</summary>
    public static UInt128 Vector(this TokenReader tokens)
    {
        VectorShape shape = VectorShape.Read(tokens);
        int count = tokens.CountNumbers();
        if (count != shape.Lanes)
            throw WrongCount(tokens, count, shape.Lanes);
        UInt128 bits = 0;
        for (int lane = 0; lane < shape.Lanes; lane++)
            bits |= shape.Place(lane, shape.ReadLane(tokens));
        return bits;
    }

    // what spoils the list may be a literal that is none
    private static WasmMalformedException WrongCount(TokenReader tokens, int count, int lanes)
    {
        WasmMalformedException wrong = tokens.Error($"wrong number of lane literals: there are {count}, {lanes} are wanted");
        tokens.Position += count;
        return count < lanes && (tokens.Kind is TokenKind.Atom or TokenKind.Reserved) && !Keywords.IsKnown(tokens.Text) ? tokens.Unexpected("a lane's value") : wrong;
    }
}
