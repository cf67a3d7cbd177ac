namespace Lunatic.Wasm.Text;

/// <summary>A binary interchange format of IEEE 754 and correct rounding into it (to nearest, ties to even).</summary>
/// <param name="Precision">Bits of the significand with the hidden one.</param>
/// <param name="MaxExponent">Largest exponent, which is the bias too.</param>
internal readonly record struct FloatFormat(int Precision, int MaxExponent)
{
    public static readonly FloatFormat Single = new(24, 127);
    public static readonly FloatFormat Double = new(53, 1023);

    /// <summary>Bits of the fraction field.</summary>
    public int FractionBits => Precision - 1;

    /// <summary>Infinity without sign: all bits of the exponent field.</summary>
    public ulong Infinity => ((2UL * (uint)MaxExponent) + 1) << FractionBits;

    /// <summary>The sign bit.</summary>
    public ulong Sign => (Infinity << 1) & ~Infinity & ~(Infinity - 1);

    /// <summary>The canonical NaN without sign.</summary>
    public ulong CanonicalNan => Infinity | (1UL << (FractionBits - 1));

    /// <summary>
    /// The bits of <paramref name="significand"/> × 2^<paramref name="exponent"/>, rounded; infinity when out of range.
    /// <paramref name="inexact"/>: the true significand is larger by less than one. It may be set only when the significand has more than 60 bits.
    /// </summary>
    public ulong Round(ulong significand, long exponent, bool inexact)
    {
        if (significand == 0)
            return 0;
        int shift = System.Numerics.BitOperations.LeadingZeroCount(significand);
        significand <<= shift;
        long magnitude = exponent - shift + 63;
        if (magnitude > MaxExponent)
            return Infinity;
        long smallest = 1 - MaxExponent;
        bool subnormal = magnitude < smallest;
        long drop = 64 - Precision + (subnormal ? smallest - magnitude : 0);
        if (drop > 64)
            return 0;
        ulong kept = drop == 64 ? 0 : significand >> (int)drop;
        ulong half = 1UL << (int)(drop - 1);
        ulong rest = drop == 64 ? significand : significand & ((half << 1) - 1);
        bool up = rest > half || (rest == half && (inexact || (kept & 1) != 0));
        // a carry out of the fraction moves into the exponent field, which is what it should do
        ulong field = subnormal ? 0 : (ulong)(magnitude + MaxExponent - 1) << FractionBits;
        return field + kept + (up ? 1UL : 0);
    }
}
