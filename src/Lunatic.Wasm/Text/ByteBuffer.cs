using System.Text;

namespace Lunatic.Wasm.Text;

/// <summary>A growing buffer with the encodings of the binary format.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[64];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void WriteByte(byte value)
    {
        if (Length == _bytes.Length)
            Grow(1);
        _bytes[Length++] = value;
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length)
            Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Unsigned LEB128.</summary>
    public void WriteUnsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            WriteByte((byte)(value | 0x80));
        WriteByte((byte)value);
    }

    /// <summary>Signed LEB128.</summary>
    public void WriteSigned(long value)
    {
        for (; value is < -64 or > 63; value >>= 7)
            WriteByte((byte)(value | 0x80));
        WriteByte((byte)(value & 0x7F));
    }

    /// <summary>The bits of a float or a larger constant, low byte first.</summary>
    public void WriteFixed(ulong bits, int bytes)
    {
        for (int i = 0; i < bytes; i++)
            WriteByte((byte)(bits >> (8 * i)));
    }

    /// <summary>A name: length in bytes and UTF-8.</summary>
    public void WriteName(string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        WriteUnsigned((ulong)utf8.Length);
        WriteBytes(utf8);
    }

    /// <summary>The length of another buffer and its bytes.</summary>
    public void WriteSized(ByteBuffer content)
    {
        WriteUnsigned((ulong)content.Length);
        WriteBytes(content.Written);
    }

    /// <summary>Forgets what was written at <paramref name="length"/> and behind.</summary>
    public void Truncate(int length) => Length = length;

    public byte[] ToArray() => Written.ToArray();

    private void Grow(int more) =>
        Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, checked(Length + more))));
}
