namespace Lunatic.Wasm.Text;

/// <summary>Integer literals: an optional sign, digits of base ten or (after <c>0x</c>) sixteen, single underscores between digits.</summary>
internal static class IntegerLiteral
{
    /// <summary>
    /// Reads an integer as sign and magnitude. False when the text is none; <paramref name="fits"/> says whether the magnitude fits 64 bits.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out bool signed, out bool negative, out ulong magnitude, out bool fits)
    {
        signed = text.Length > 0 && text[0] is (byte)'+' or (byte)'-';
        negative = signed && text[0] == '-';
        if (signed)
            text = text[1..];
        bool hexadecimal = text.StartsWith("0x"u8);
        return TryParseDigits(hexadecimal ? text[2..] : text, hexadecimal, out magnitude, out fits);
    }

    /// <summary>Reads digits with single underscores between them.</summary>
    public static bool TryParseDigits(ReadOnlySpan<byte> digits, bool hexadecimal, out ulong value, out bool fits)
    {
        value = 0;
        fits = true;
        if (!IsDigitString(digits, hexadecimal))
            return false;
        uint radix = hexadecimal ? 16u : 10u;
        foreach (byte character in digits)
        {
            if (character == '_')
                continue;
            ulong high = Math.BigMul(value, radix, out ulong low);
            value = unchecked(low + (uint)Characters.HexDigit(character));
            fits &= high == 0 && value >= low;
        }
        return true;
    }

    /// <summary>Whether the text is one or more digits with single underscores only between digits.</summary>
    public static bool IsDigitString(ReadOnlySpan<byte> text, bool hexadecimal)
    {
        bool afterDigit = false;
        foreach (byte character in text)
        {
            bool digit = hexadecimal ? Characters.HexDigit(character) >= 0 : Characters.IsDigit(character);
            if (!digit && !(character == '_' && afterDigit))
                return false;
            afterDigit = digit;
        }
        return afterDigit;
    }
}
