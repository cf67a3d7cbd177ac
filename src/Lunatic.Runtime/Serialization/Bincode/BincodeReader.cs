using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Lunatic.Runtime.Serialization.Bincode;

/// <summary>Reads bincode.</summary>
internal sealed class BincodeReader : WireReader
{
    public override long ReadSigned(int size)
    {
        int unused = 64 - (8 * size);
        return (long)ReadUnsigned(size) << unused >> unused;
    }

    public override ulong ReadUnsigned(int size)
    {
        ReadOnlySpan<byte> bytes = Take(size);
        return size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };
    }

    public override UInt128 Read128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    public override bool ReadBoolean() => ReadFlag("a bool");

    public override float ReadSingle() => BitConverter.UInt32BitsToSingle((uint)ReadUnsigned(sizeof(float)));

    public override double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadUnsigned(sizeof(double)));

    public override Rune ReadRune()
    {
        byte first = PeekByte();
        int length = first switch { < 0x80 => 1, < 0xe0 => 2, < 0xf0 => 3, _ => 4 };
        ReadOnlySpan<byte> bytes = Take(length);
        return Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) is OperationStatus.Done && consumed == length
            ? rune
            : throw Malformed("a character is not valid UTF-8");
    }

    public override string ReadString() => TakeUtf8(ReadUnsigned(sizeof(ulong)));

    public override byte[] ReadBytes() => Take(CheckLength(ReadUnsigned(sizeof(ulong)))).ToArray();

    public override void ReadUnit()
    {
    }

    public override bool ReadOption() => ReadFlag("the tag of an option");

    public override int ReadSequence() => CheckCount(ReadUnsigned(sizeof(ulong)));

    public override int ReadMap() => CheckCount(ReadUnsigned(sizeof(ulong)));

    public override void ReadStruct(int fields)
    {
    }

    public override int ReadVariant(ReadOnlySpan<string> names, out bool isUnit)
    {
        isUnit = false;
        ulong index = ReadUnsigned(sizeof(uint));
        return index < (ulong)names.Length ? (int)index : throw Malformed($"there is no variant {index}");
    }

    private bool ReadFlag(string what) => TakeByte() switch
    {
        0 => false,
        1 => true,
        byte other => throw Malformed($"{other} is not {what}"),
    };
}
