using System.Globalization;

namespace Lunatic.Wasm.Text;

/// <summary>
/// Rounds decimal floats exactly. .NET's parser does the rounding; it gets a normalised literal of bounded length, so that neither
/// its limits on digits and exponents nor the length of a hostile literal matter.
/// </summary>
internal static class DecimalFloat
{
    // one more than the longest decimal expansion of a boundary between two doubles (768 digits); what follows counts only as "more"
    private const int MaxDigits = 780;

    public static ulong Round(FloatParts parts, FloatFormat format)
    {
        Span<byte> literal = stackalloc byte[MaxDigits + 32];
        literal[0] = (byte)'0';
        literal[1] = (byte)'.';
        int digits = 0;
        bool more = false;
        // the value is 0.DIGITS × 10^exponent
        long exponent = parts.Exponent;
        foreach (byte character in parts.Whole)
        {
            if (character != '_' && Append(character, literal[2..], ref digits, ref more))
                exponent++;
        }
        foreach (byte character in parts.Fraction)
        {
            if (character != '_' && !Append(character, literal[2..], ref digits, ref more))
                exponent--;
        }
        if (digits == 0)
            return 0;
        // beyond these no literal of at most MaxDigits digits is a finite number other than zero
        if (exponent > 400)
            return format.Infinity;
        if (exponent < -400)
            return 0;
        if (more)
            literal[2 + digits++] = (byte)'1';
        int length = 2 + digits;
        literal[length++] = (byte)'e';
        exponent.TryFormat(literal[length..], out int written, provider: CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> normalised = literal[..(length + written)];
        return format == FloatFormat.Single
            ? BitConverter.SingleToUInt32Bits(float.Parse(normalised, NumberStyles.Float, CultureInfo.InvariantCulture))
            : BitConverter.DoubleToUInt64Bits(double.Parse(normalised, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    // true while the decimal point moves behind the digit: a digit that is kept or, once digits are, counted. Leading zeros are neither.
    private static bool Append(byte character, Span<byte> output, ref int digits, ref bool more)
    {
        if (digits == 0 && character == '0')
            return false;
        if (digits < MaxDigits)
            output[digits++] = character;
        else
            more |= character != '0';
        return true;
    }
}
