namespace Lunatic.Wasm.Text;

/// <summary>Rounds hexadecimal floats exactly, in one step.</summary>
internal static class HexFloat
{
    public static ulong Round(FloatParts parts, FloatFormat format)
    {
        ulong significand = 0;
        long exponent = parts.Exponent;
        bool inexact = false;
        foreach (byte character in parts.Whole)
        {
            if (character != '_' && !Append(character, ref significand, ref inexact))
                exponent += 4;
        }
        foreach (byte character in parts.Fraction)
        {
            if (character != '_' && Append(character, ref significand, ref inexact))
                exponent -= 4;
        }
        return format.Round(significand, exponent, inexact);
    }

    // false when there is no room: then the digit only counts for rounding
    private static bool Append(byte character, ref ulong significand, ref bool inexact)
    {
        uint digit = (uint)Characters.HexDigit(character);
        if (significand >> 60 == 0)
        {
            significand = (significand << 4) | digit;
            return true;
        }
        inexact |= digit != 0;
        return false;
    }
}
