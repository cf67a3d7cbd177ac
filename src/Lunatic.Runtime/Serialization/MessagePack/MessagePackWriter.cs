using System.Buffers.Binary;
using System.Text;

namespace Lunatic.Runtime.Serialization.MessagePack;

/// <summary>Writes MessagePack: numbers in the shortest form, structs as arrays, bytes as arrays of numbers.</summary>
internal sealed class MessagePackWriter : WireWriter
{
    public override void WriteSigned(long value, int size)
    {
        switch (value)
        {
            case >= 0:
                WriteUnsigned((ulong)value, size);
                break;
            case >= -32:
                WriteByte((byte)value);
                break;
            case >= sbyte.MinValue:
                WriteMarked(Marker.Int8, (ulong)value, 1);
                break;
            case >= short.MinValue:
                WriteMarked(Marker.Int8 + 1, (ulong)value, 2);
                break;
            case >= int.MinValue:
                WriteMarked(Marker.Int8 + 2, (ulong)value, 4);
                break;
            default:
                WriteMarked(Marker.Int8 + 3, (ulong)value, 8);
                break;
        }
    }

    public override void WriteUnsigned(ulong value, int size)
    {
        switch (value)
        {
            case <= Marker.MaxPositiveFix:
                WriteByte((byte)value);
                break;
            case <= byte.MaxValue:
                WriteMarked(Marker.UInt8, value, 1);
                break;
            case <= ushort.MaxValue:
                WriteMarked(Marker.UInt8 + 1, value, 2);
                break;
            case <= uint.MaxValue:
                WriteMarked(Marker.UInt8 + 2, value, 4);
                break;
            default:
                WriteMarked(Marker.UInt8 + 3, value, 8);
                break;
        }
    }

    // as 16 bytes, the high ones first
    public override void Write128(UInt128 bits)
    {
        WriteMarked(Marker.Binary8, 16, 1);
        BinaryPrimitives.WriteUInt128BigEndian(Output.GetSpan(16), bits);
        Output.Advance(16);
    }

    public override void WriteBoolean(bool value) => WriteByte(value ? Marker.True : Marker.False);

    public override void WriteSingle(float value) => WriteMarked(Marker.Single, BitConverter.SingleToUInt32Bits(value), 4);

    public override void WriteDouble(double value) => WriteMarked(Marker.Double, BitConverter.DoubleToUInt64Bits(value), 8);

    public override void WriteRune(Rune value) => WriteString(value.ToString());

    public override void WriteString(string value)
    {
        int length = Utf8Length(value);
        if (length < 32)
            WriteByte((byte)(Marker.FixString | length));
        else if (length <= byte.MaxValue)
            WriteMarked(Marker.String8, (ulong)length, 1);
        else if (length <= ushort.MaxValue)
            WriteMarked(Marker.String8 + 1, (ulong)length, 2);
        else
            WriteMarked(Marker.String8 + 2, (ulong)length, 4);
        WriteUtf8(value, length);
    }

    public override void WriteBytes(ReadOnlySpan<byte> value)
    {
        BeginSequence(value.Length);
        foreach (byte element in value)
            WriteUnsigned(element, 1);
    }

    public override void WriteUnit() => WriteByte(Marker.Nil);

    public override void WriteNone() => WriteByte(Marker.Nil);

    public override void BeginSome()
    {
    }

    public override void BeginSequence(int count) => WriteCount(count, Marker.FixArray, Marker.Array16);

    public override void BeginMap(int count) => WriteCount(count, Marker.FixMap, Marker.Map16);

    public override void BeginStruct(int fields) => BeginSequence(fields);

    public override void WriteUnitVariant(int index, string name) => WriteString(name);

    public override void BeginVariant(int index, string name)
    {
        BeginMap(1);
        WriteString(name);
    }

    private void WriteCount(int count, byte fix, byte marker16)
    {
        if (count < 16)
            WriteByte((byte)(fix | count));
        else if (count <= ushort.MaxValue)
            WriteMarked(marker16, (ulong)count, 2);
        else
            WriteMarked(marker16 + 1, (ulong)count, 4);
    }

    private void WriteMarked(int marker, ulong value, int size)
    {
        Span<byte> bytes = Output.GetSpan(1 + sizeof(ulong));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], value << (64 - (8 * size)));
        bytes[0] = (byte)marker;
        Output.Advance(1 + size);
    }
}
