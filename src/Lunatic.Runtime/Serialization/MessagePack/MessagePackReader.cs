using System.Buffers.Binary;
using System.Text;

namespace Lunatic.Runtime.Serialization.MessagePack;

/// <summary>Reads MessagePack: numbers in any form that fits, bytes as arrays of numbers or as binary, variants by name or index.</summary>
internal sealed class MessagePackReader : WireReader
{
    public override long ReadSigned(int size)
    {
        byte marker = PeekByte();
        if (marker is >= Marker.MinNegativeFix)
            return (sbyte)TakeByte();
        if (marker is >= Marker.Int8 and < Marker.Int8 + 4)
        {
            int width = 1 << (TakeByte() - Marker.Int8);
            return FitSigned((long)TakeBigEndian(width) << (64 - (8 * width)) >> (64 - (8 * width)), size);
        }
        ulong value = ReadUnsigned(8);
        return value <= long.MaxValue ? FitSigned((long)value, size) : throw Malformed($"{value} does not fit {8 * size} bits");
    }

    public override ulong ReadUnsigned(int size)
    {
        byte marker = PeekByte();
        if (marker is <= Marker.MaxPositiveFix)
            return TakeByte();
        if (marker is >= Marker.UInt8 and < Marker.UInt8 + 4)
            return FitUnsigned(TakeBigEndian(1 << (TakeByte() - Marker.UInt8)), size);
        if (marker is >= Marker.Int8 and < Marker.Int8 + 4)
        {
            // other writers may use the signed forms
            long value = ReadSigned(8);
            return value >= 0 ? FitUnsigned((ulong)value, size) : throw Malformed($"{value} is negative");
        }
        throw Unexpected("a number");
    }

    public override UInt128 Read128()
    {
        if (PeekByte() is not Marker.Binary8)
            return ReadUnsigned(8);
        ReadOnlySpan<byte> bytes = TakeBinary();
        return bytes.Length == 16 ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : throw Malformed("a number of 128 bits has another length");
    }

    public override bool ReadBoolean() => PeekByte() is Marker.True or Marker.False ? TakeByte() is Marker.True : throw Unexpected("a bool");

    public override float ReadSingle()
    {
        if (PeekByte() is not Marker.Single)
            throw Unexpected("a number of 32 bits with a fraction");
        TakeByte();
        return BinaryPrimitives.ReadSingleBigEndian(Take(sizeof(float)));
    }

    public override double ReadDouble()
    {
        if (PeekByte() is Marker.Single)
            return ReadSingle();
        if (PeekByte() is not Marker.Double)
            throw Unexpected("a number with a fraction");
        TakeByte();
        return BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));
    }

    public override Rune ReadRune()
    {
        string text = ReadString();
        return Rune.TryGetRuneAt(text + '\0', 0, out Rune rune) && rune.Utf16SequenceLength == text.Length ? rune : throw Malformed("it is not one character");
    }

    public override string ReadString()
    {
        byte marker = PeekByte();
        if (marker is < Marker.FixString or (> 0xbf and < Marker.String8) or > Marker.String8 + 2)
            throw Unexpected("text");
        TakeByte();
        return TakeUtf8(marker < Marker.Nil ? marker & 0x1fu : TakeBigEndian(1 << (marker - Marker.String8)));
    }

    public override byte[] ReadBytes()
    {
        if (PeekByte() is >= Marker.Binary8 and < Marker.Binary8 + 3)
            return TakeBinary().ToArray();
        byte[] bytes = new byte[CheckLength((ulong)ReadSequence())];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)ReadUnsigned(1);
        return bytes;
    }

    public override void ReadUnit()
    {
        if (PeekByte() is not Marker.Nil)
            throw Unexpected("nil");
        TakeByte();
    }

    public override bool ReadOption()
    {
        if (PeekByte() is not Marker.Nil)
            return true;
        TakeByte();
        return false;
    }

    public override int ReadSequence() => ReadCount(Marker.FixArray, Marker.Array16, "an array");

    public override int ReadMap() => ReadCount(Marker.FixMap, Marker.Map16, "a map");

    public override void ReadStruct(int fields)
    {
        // a unit struct may be nil
        if (fields == 0 && PeekByte() is Marker.Nil)
        {
            TakeByte();
            return;
        }
        int count = ReadSequence();
        if (count != fields)
            throw Malformed($"{count} fields instead of {fields}");
    }

    public override int ReadVariant(ReadOnlySpan<string> names, out bool isUnit)
    {
        isUnit = PeekByte() is < Marker.FixMap or > 0x8f and not (Marker.Map16 or Marker.Map16 + 1);
        if (!isUnit && ReadMap() != 1)
            throw Malformed("a variant is no map of one entry");
        if (PeekByte() is <= Marker.MaxPositiveFix)
        {
            int index = TakeByte();
            return index < names.Length ? index : throw Malformed($"there is no variant {index}");
        }
        string name = ReadString();
        int found = names.IndexOf(name);
        return found >= 0 ? found : throw Malformed($"there is no variant {(name.Length > 100 ? "of this name" : name)}");
    }

    private int ReadCount(byte fix, byte marker16, string what)
    {
        byte marker = PeekByte();
        if ((marker & 0xf0) == fix)
            return CheckCount((ulong)TakeByte() & 0xf);
        if (marker != marker16 && marker != marker16 + 1)
            throw Unexpected(what);
        TakeByte();
        return CheckCount(TakeBigEndian(marker == marker16 ? 2 : 4));
    }

    private ReadOnlySpan<byte> TakeBinary()
    {
        int width = 1 << (TakeByte() - Marker.Binary8);
        return Take(CheckLength(TakeBigEndian(width)));
    }

    private ulong TakeBigEndian(int width)
    {
        ulong value = 0;
        foreach (byte part in Take(width))
            value = (value << 8) | part;
        return value;
    }

    private MessageFormatException Unexpected(string wanted) => Malformed($"0x{PeekByte():x2} does not begin {wanted}");
}
