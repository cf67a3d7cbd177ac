namespace Lunatic.Wasm.Text;

/// <summary>How the text format divides a v128 into lanes.</summary>
/// <param name="Lanes">Number of lanes.</param>
/// <param name="IsFloat">Whether they hold floats, else integers.</param>
internal readonly record struct VectorShape(int Lanes, bool IsFloat)
{
    /// <summary>Bits of a lane.</summary>
    public int Bits => 128 / Lanes;

    /// <summary>Format of a lane that holds a float.</summary>
    public FloatFormat Format => Bits == 32 ? FloatFormat.Single : FloatFormat.Double;

    /// <summary>Reads the keyword of a shape.</summary>
    public static VectorShape Read(TokenReader tokens)
    {
        if (tokens.TryKeyword("i8x16"u8))
            return new VectorShape(16, IsFloat: false);
        if (tokens.TryKeyword("i16x8"u8))
            return new VectorShape(8, IsFloat: false);
        if (tokens.TryKeyword("i32x4"u8))
            return new VectorShape(4, IsFloat: false);
        if (tokens.TryKeyword("i64x2"u8))
            return new VectorShape(2, IsFloat: false);
        if (tokens.TryKeyword("f32x4"u8))
            return new VectorShape(4, IsFloat: true);
        if (tokens.TryKeyword("f64x2"u8))
            return new VectorShape(2, IsFloat: true);
        throw tokens.Unexpected("the shape of a vector (i8x16, i16x8, i32x4, i64x2, f32x4, f64x2)");
    }

    /// <summary>Reads the value of one lane: its bits.</summary>
    public ulong ReadLane(TokenReader tokens) => IsFloat ? tokens.Float(Format) : (ulong)tokens.Integer(Bits);

    /// <summary>The bits of a lane at its place in the vector.</summary>
    public UInt128 Place(int lane, ulong bits) =>
        (UInt128)(bits & (ulong.MaxValue >> (64 - Bits))) << (lane * Bits);
}
