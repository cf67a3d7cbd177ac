using System.Runtime.InteropServices;
using System.Text;

namespace Lunatic.Runtime.Serialization;

/// <summary>What a format reads: the data model of Rust's serde, out of bytes that may come from anybody. Used by one thread at a time, again and again.</summary>
internal abstract class WireReader
{
    /// <summary>How deep values may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>So many elements may be claimed that take no bytes; of others never more than there are bytes.</summary>
    public const int MaxEmptyElements = 1024;

    private byte[] _data = [];
    private int _end;
    private int _depth;

    /// <summary>Index of the next byte.</summary>
    protected int Position { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public int Remaining => _end - Position;

    public void Begin(ReadOnlyMemory<byte> data)
    {
        ArraySegment<byte> segment = MemoryMarshal.TryGetArray(data, out ArraySegment<byte> array) ? array : data.ToArray();
        _data = segment.Array ?? [];
        Position = segment.Offset;
        _end = segment.Offset + segment.Count;
        _depth = 0;
    }

    public void End() => _data = [];

    /// <summary>Goes a level deeper.</summary>
    public void Enter()
    {
        if (++_depth > MaxDepth)
            throw Malformed($"it nests deeper than {MaxDepth} levels");
    }

    public void Leave() => _depth--;

    /// <summary>Reads a number that fits a signed type of <paramref name="size"/> bytes.</summary>
    public abstract long ReadSigned(int size);

    /// <summary>Reads a number that fits an unsigned type of <paramref name="size"/> bytes.</summary>
    public abstract ulong ReadUnsigned(int size);

    /// <summary>Reads a number of 128 bits, signed or not.</summary>
    public abstract UInt128 Read128();

    public abstract bool ReadBoolean();

    public abstract float ReadSingle();

    public abstract double ReadDouble();

    public abstract Rune ReadRune();

    public abstract string ReadString();

    /// <summary>Reads a sequence of u8.</summary>
    public abstract byte[] ReadBytes();

    public abstract void ReadUnit();

    /// <summary>Whether the value of an option follows.</summary>
    public abstract bool ReadOption();

    /// <summary>How many elements follow; checked against what is there.</summary>
    public abstract int ReadSequence();

    /// <summary>How many keys with values follow; checked against what is there.</summary>
    public abstract int ReadMap();

    /// <summary>As many fields of a struct or tuple must follow.</summary>
    public abstract void ReadStruct(int fields);

    /// <summary>Which variant it is, as an index into <paramref name="names"/>, and whether it comes without value for certain.</summary>
    public abstract int ReadVariant(ReadOnlySpan<string> names, out bool isUnit);

    /// <summary>The bytes are not what they should be.</summary>
    public MessageFormatException Malformed(string what) => new($"The message is malformed at byte {Position} ({Remaining} bytes before its end): {what}.");

    protected ReadOnlySpan<byte> Take(int length)
    {
        if (length > Remaining)
            throw Malformed($"{length} bytes are missing or cut short");
        ReadOnlySpan<byte> bytes = _data.AsSpan(Position, length);
        Position += length;
        return bytes;
    }

    protected byte TakeByte() => Take(1)[0];

    /// <summary>The next byte, not taken.</summary>
    protected byte PeekByte() => Remaining > 0 ? _data[Position] : throw Malformed("a byte is missing");

    protected int CheckCount(ulong count) =>
        count <= (ulong)Math.Max(Remaining, MaxEmptyElements) ? (int)count : throw Malformed($"it claims {count} elements");

    protected int CheckLength(ulong length) => length <= (ulong)Remaining ? (int)length : throw Malformed($"it claims a length of {length}");

    protected string TakeUtf8(ulong length)
    {
        ReadOnlySpan<byte> bytes = Take(CheckLength(length));
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Malformed("text is not valid UTF-8");
    }

    /// <summary>Throws unless a number fits a signed type of a size.</summary>
    protected long FitSigned(long value, int size)
    {
        int unused = 64 - (8 * size);
        return value << unused >> unused == value ? value : throw Malformed($"{value} does not fit {8 * size} bits");
    }

    /// <summary>Throws unless a number fits an unsigned type of a size.</summary>
    protected ulong FitUnsigned(ulong value, int size) =>
        size == 8 || value >> (8 * size) == 0 ? value : throw Malformed($"{value} does not fit {8 * size} bits");
}
