using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Lunatic.Wasm.Binary;

/// <summary>
/// Reads the elements of the binary format from a range of a module's bytes. Whatever is not there or not well-formed throws
/// <see cref="WasmMalformedException"/> with the offset in the module. Positions are offsets in the module, whatever the range.
/// </summary>
internal ref struct ByteReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <summary>A reader of bytes <paramref name="start"/> to <paramref name="end"/> of <paramref name="module"/>.</summary>
    public ByteReader(ReadOnlySpan<byte> module, int start, int end)
    {
        _bytes = module[..end];
        _position = start;
    }

    public readonly int Position => _position;

    public readonly int End => _bytes.Length;

    public readonly int Remaining => _bytes.Length - _position;

    public readonly bool AtEnd => _position >= _bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte()
    {
        int position = _position;
        if ((uint)position >= (uint)_bytes.Length)
            ThrowEnd();
        _position = position + 1;
        return _bytes[position];
    }

    public readonly byte PeekByte()
    {
        if (AtEnd)
            ThrowEnd();
        return _bytes[_position];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadU32()
    {
        int position = _position;
        if ((uint)position < (uint)_bytes.Length && _bytes[position] < 0x80)
        {
            _position = position + 1;
            return _bytes[position];
        }
        return (uint)ReadUnsigned(32);
    }

    public ulong ReadU64() => ReadUnsigned(64);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadS32()
    {
        int position = _position;
        if ((uint)position < (uint)_bytes.Length && _bytes[position] < 0x80)
        {
            _position = position + 1;
            return (_bytes[position] << 25) >> 25;
        }
        return (int)ReadSigned(32);
    }

    /// <summary>A signed number of 33 bits: a type index or a negative code.</summary>
    public long ReadS33() => ReadSigned(33);

    public long ReadS64() => ReadSigned(64);

    public uint ReadFixed32()
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        return value;
    }

    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A number of bytes that are there.</summary>
    public int ReadLength()
    {
        int start = _position;
        uint length = ReadU32();
        if (length > (uint)Remaining)
            throw new WasmMalformedException("length out of bounds", start);
        return (int)length;
    }

    /// <summary>
    /// A number of elements, each of which takes at least a byte: what claims to be more than the bytes left is refused before anything is allocated for it.
    /// </summary>
    public int ReadCount(int limit, string what)
    {
        int start = _position;
        uint count = ReadU32();
        if (count > (uint)Remaining)
            throw new WasmMalformedException("unexpected end of section or function", start);
        if (count > (uint)limit)
            throw new WasmMalformedException($"too many {what}: {count}, the limit is {limit}", start);
        return (int)count;
    }

    public string ReadName()
    {
        int start = _position;
        int length = ReadLength();
        if (length > ModuleLimits.NameBytes)
            throw new WasmMalformedException($"name too long: {length} bytes, the limit is {ModuleLimits.NameBytes}", start);
        ReadOnlySpan<byte> bytes = Take(length);
        if (!Utf8.IsValid(bytes))
            throw new WasmMalformedException("malformed UTF-8 encoding", start);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A reader of the next bytes, which this one skips.</summary>
    public ByteReader ReadRange(int length)
    {
        int start = _position;
        Take(length);
        return new ByteReader(_bytes, start, start + length);
    }

    public void Skip(int length) => Take(length);

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Remaining)
            ThrowEnd();
        ReadOnlySpan<byte> taken = _bytes.Slice(_position, length);
        _position += length;
        return taken;
    }

    private ulong ReadUnsigned(int bits)
    {
        ulong result = 0;
        for (int shift = 0; ; shift += 7)
        {
            int left = bits - shift;
            if (left <= 0)
                throw new WasmMalformedException("integer representation too long", _position);
            byte next = ReadByte();
            if (left < 7 && (next & 0x7F) >= 1 << left)
                throw new WasmMalformedException("integer too large", _position - 1);
            result |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return result;
        }
    }

    private long ReadSigned(int bits)
    {
        long result = 0;
        for (int shift = 0; ; shift += 7)
        {
            int left = bits - shift;
            if (left <= 0)
                throw new WasmMalformedException("integer representation too long", _position);
            byte next = ReadByte();
            if (left < 7)
            {
                // the bits beyond the number's width repeat its sign
                int mask = (-1 << (left - 1)) & 0x7F;
                if ((next & mask) != 0 && (next & mask) != mask)
                    throw new WasmMalformedException("integer too large", _position - 1);
            }
            result |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return shift + 7 < 64 && (next & 0x40) != 0 ? result | (-1L << (shift + 7)) : result;
        }
    }

    private readonly void ThrowEnd() => throw new WasmMalformedException("unexpected end of section or function", _bytes.Length);
}
