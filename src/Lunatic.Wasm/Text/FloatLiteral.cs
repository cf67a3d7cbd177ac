namespace Lunatic.Wasm.Text;

/// <summary>Float literals (specification 6.3 "Floating-Point"): decimal, hexadecimal, <c>inf</c>, <c>nan</c>, <c>nan:0x…</c>.</summary>
internal static class FloatLiteral
{
    /// <summary>How reading a literal ended.</summary>
    internal enum Outcome
    {
        /// <summary>The bits are there.</summary>
        Ok,

        /// <summary>It is a literal, but the format has no such value.</summary>
        OutOfRange,

        /// <summary>It is no float literal.</summary>
        NotAFloat,
    }

    /// <summary>Reads a literal as the bits of a float of a format.</summary>
    public static Outcome Parse(ReadOnlySpan<byte> text, FloatFormat format, out ulong bits)
    {
        ulong sign = 0;
        if (text.Length > 0 && text[0] is (byte)'+' or (byte)'-')
        {
            sign = text[0] == '-' ? format.Sign : 0;
            text = text[1..];
        }
        Outcome outcome = ParseMagnitude(text, format, out bits);
        bits |= sign;
        return outcome;
    }

    private static Outcome ParseMagnitude(ReadOnlySpan<byte> text, FloatFormat format, out ulong bits)
    {
        bits = 0;
        if (text.SequenceEqual("inf"u8))
        {
            bits = format.Infinity;
            return Outcome.Ok;
        }
        if (text.SequenceEqual("nan"u8))
        {
            bits = format.CanonicalNan;
            return Outcome.Ok;
        }
        if (text.StartsWith("nan:0x"u8))
            return ParsePayload(text[6..], format, out bits);
        bool hexadecimal = text.StartsWith("0x"u8);
        if (!FloatParts.TrySplit(hexadecimal ? text[2..] : text, hexadecimal, out FloatParts parts))
            return Outcome.NotAFloat;
        bits = hexadecimal ? HexFloat.Round(parts, format) : DecimalFloat.Round(parts, format);
        return bits == format.Infinity ? Outcome.OutOfRange : Outcome.Ok;
    }

    private static Outcome ParsePayload(ReadOnlySpan<byte> text, FloatFormat format, out ulong bits)
    {
        bits = 0;
        if (!IntegerLiteral.TryParseDigits(text, hexadecimal: true, out ulong payload, out bool fits))
            return Outcome.NotAFloat;
        if (!fits || payload == 0 || payload >> format.FractionBits != 0)
            return Outcome.OutOfRange;
        bits = format.Infinity | payload;
        return Outcome.Ok;
    }
}
