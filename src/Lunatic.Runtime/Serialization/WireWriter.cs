using System.Buffers;

namespace Lunatic.Runtime.Serialization;

/// <summary>What a format writes: the data model of Rust's serde. Used by one thread at a time, again and again.</summary>
internal abstract class WireWriter
{
    private static readonly System.Text.UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _depth;

    /// <summary>Where the bytes go.</summary>
    public IBufferWriter<byte> Output { get; private set; } = null!;

    public void Begin(IBufferWriter<byte> output)
    {
        _depth = 0;
        Output = output;
    }

    public void End() => Output = null!;

    /// <summary>Goes a level deeper.</summary>
    public void Enter()
    {
        if (++_depth > WireReader.MaxDepth)
            throw new ArgumentException($"The value nests deeper than {WireReader.MaxDepth} levels, or refers to itself.");
    }

    public void Leave() => _depth--;

    /// <summary>Writes a number; <paramref name="size"/> is that of its type in bytes.</summary>
    public abstract void WriteSigned(long value, int size);

    /// <inheritdoc cref="WriteSigned"/>
    public abstract void WriteUnsigned(ulong value, int size);

    /// <summary>Writes a number of 128 bits, signed or not.</summary>
    public abstract void Write128(UInt128 bits);

    public abstract void WriteBoolean(bool value);

    public abstract void WriteSingle(float value);

    public abstract void WriteDouble(double value);

    public abstract void WriteRune(System.Text.Rune value);

    public abstract void WriteString(string value);

    /// <summary>Writes a sequence of u8.</summary>
    public abstract void WriteBytes(ReadOnlySpan<byte> value);

    public abstract void WriteUnit();

    public abstract void WriteNone();

    /// <summary>The value of an option follows.</summary>
    public abstract void BeginSome();

    /// <summary>As many elements follow.</summary>
    public abstract void BeginSequence(int count);

    /// <summary>As many keys follow, each with its value.</summary>
    public abstract void BeginMap(int count);

    /// <summary>As many fields of a struct or tuple follow.</summary>
    public abstract void BeginStruct(int fields);

    /// <summary>Writes a variant without value.</summary>
    public abstract void WriteUnitVariant(int index, string name);

    /// <summary>The value of a variant follows.</summary>
    public abstract void BeginVariant(int index, string name);

    protected void WriteByte(byte value)
    {
        Output.GetSpan(1)[0] = value;
        Output.Advance(1);
    }

    protected static int Utf8Length(string value) => Utf8.GetByteCount(value);

    protected void WriteUtf8(string value, int length)
    {
        Utf8.GetBytes(value, Output.GetSpan(length));
        Output.Advance(length);
    }
}
