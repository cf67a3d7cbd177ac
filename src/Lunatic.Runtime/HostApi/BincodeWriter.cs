using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Lunatic.Runtime.HostApi;

/// <summary>Encodes for guests in bincode (fixed width, little-endian, lengths of 64 bits).</summary>
internal sealed class BincodeWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>An option's tag or a byte.</summary>
    public void Byte(byte value) => _buffer.Write([value]);

    /// <summary>An enum's index, or a number of 32 bits.</summary>
    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(sizeof(uint)), value);
        _buffer.Advance(sizeof(uint));
    }

    /// <summary>A number of 64 bits, or a length.</summary>
    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    /// <summary>Bytes with their length.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Int64(bytes.Length);
        _buffer.Write(bytes);
    }

    /// <summary>A string.</summary>
    public void String(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
