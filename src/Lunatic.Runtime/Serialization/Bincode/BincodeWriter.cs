using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Lunatic.Runtime.Serialization.Bincode;

/// <summary>Writes bincode.</summary>
internal sealed class BincodeWriter : WireWriter
{
    public override void WriteSigned(long value, int size) => WriteUnsigned((ulong)value, size);

    public override void WriteUnsigned(ulong value, int size)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Output.GetSpan(sizeof(ulong)), value);
        Output.Advance(size);
    }

    public override void Write128(UInt128 bits)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(Output.GetSpan(16), bits);
        Output.Advance(16);
    }

    public override void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public override void WriteSingle(float value) => WriteUnsigned(BitConverter.SingleToUInt32Bits(value), sizeof(float));

    public override void WriteDouble(double value) => WriteUnsigned(BitConverter.DoubleToUInt64Bits(value), sizeof(double));

    public override void WriteRune(Rune value) => Output.Advance(value.EncodeToUtf8(Output.GetSpan(4)));

    public override void WriteString(string value)
    {
        int length = Utf8Length(value);
        WriteLength(length);
        WriteUtf8(value, length);
    }

    public override void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteLength(value.Length);
        Output.Write(value);
    }

    public override void WriteUnit()
    {
    }

    public override void WriteNone() => WriteByte(0);

    public override void BeginSome() => WriteByte(1);

    public override void BeginSequence(int count) => WriteLength(count);

    public override void BeginMap(int count) => WriteLength(count);

    public override void BeginStruct(int fields)
    {
    }

    public override void WriteUnitVariant(int index, string name) => WriteUnsigned((uint)index, sizeof(uint));

    public override void BeginVariant(int index, string name) => WriteUnsigned((uint)index, sizeof(uint));

    private void WriteLength(int length) => WriteUnsigned((ulong)length, sizeof(ulong));
}
