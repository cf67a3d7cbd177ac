namespace Lunatic.Wasm.Text;

/// <summary>A float literal without sign and prefix, cut into its digits before and after the point and its exponent.</summary>
internal readonly ref struct FloatParts
{
    // far beyond what any literal of SourceText.MaxLength digits can bring back into range, far from overflowing
    private const long ExponentLimit = 1L << 40;

    private FloatParts(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, long exponent)
    {
        Whole = whole;
        Fraction = fraction;
        Exponent = exponent;
    }

    /// <summary>Digits before the point, perhaps with underscores.</summary>
    public ReadOnlySpan<byte> Whole { get; }

    /// <summary>Digits after the point, perhaps with underscores; may be empty.</summary>
    public ReadOnlySpan<byte> Fraction { get; }

    /// <summary>The exponent (of ten, or of two for hexadecimal digits), clamped to ±2^40.</summary>
    public long Exponent { get; }

    public static bool TrySplit(ReadOnlySpan<byte> text, bool hexadecimal, out FloatParts parts)
    {
        parts = default;
        int mark = hexadecimal ? text.IndexOfAny((byte)'p', (byte)'P') : text.IndexOfAny((byte)'e', (byte)'E');
        long exponent = 0;
        if (mark >= 0 && !TryParseExponent(text[(mark + 1)..], out exponent))
            return false;
        ReadOnlySpan<byte> digits = mark < 0 ? text : text[..mark];
        int point = digits.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : digits[(point + 1)..];
        if (!IntegerLiteral.IsDigitString(whole, hexadecimal)
            || (!fraction.IsEmpty && !IntegerLiteral.IsDigitString(fraction, hexadecimal)))
            return false;
        parts = new FloatParts(whole, fraction, exponent);
        return true;
    }

    private static bool TryParseExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'+' or (byte)'-')
            text = text[1..];
        if (!IntegerLiteral.TryParseDigits(text, hexadecimal: false, out ulong magnitude, out bool fits))
            return false;
        exponent = fits && magnitude < ExponentLimit ? (long)magnitude : ExponentLimit;
        if (negative)
            exponent = -exponent;
        return true;
    }
}
