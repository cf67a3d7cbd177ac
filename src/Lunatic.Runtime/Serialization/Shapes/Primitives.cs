using System.Text;

namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>The types that need no look at their members.</summary>
internal static class Primitives
{
    private const long NanosecondsPerTick = 100;

    private static readonly Dictionary<Type, Shape> Known = new()
    {
        [typeof(sbyte)] = new PrimitiveShape<sbyte>(static (writer, value) => writer.WriteSigned(value, 1), static reader => (sbyte)reader.ReadSigned(1)),
        [typeof(short)] = new PrimitiveShape<short>(static (writer, value) => writer.WriteSigned(value, 2), static reader => (short)reader.ReadSigned(2)),
        [typeof(int)] = new PrimitiveShape<int>(static (writer, value) => writer.WriteSigned(value, 4), static reader => (int)reader.ReadSigned(4)),
        [typeof(long)] = new PrimitiveShape<long>(static (writer, value) => writer.WriteSigned(value, 8), static reader => reader.ReadSigned(8)),
        [typeof(byte)] = new PrimitiveShape<byte>(static (writer, value) => writer.WriteUnsigned(value, 1), static reader => (byte)reader.ReadUnsigned(1)),
        [typeof(ushort)] = new PrimitiveShape<ushort>(static (writer, value) => writer.WriteUnsigned(value, 2), static reader => (ushort)reader.ReadUnsigned(2)),
        [typeof(uint)] = new PrimitiveShape<uint>(static (writer, value) => writer.WriteUnsigned(value, 4), static reader => (uint)reader.ReadUnsigned(4)),
        [typeof(ulong)] = new PrimitiveShape<ulong>(static (writer, value) => writer.WriteUnsigned(value, 8), static reader => reader.ReadUnsigned(8)),
        [typeof(Int128)] = new PrimitiveShape<Int128>(static (writer, value) => writer.Write128((UInt128)value), static reader => (Int128)reader.Read128()),
        [typeof(UInt128)] = new PrimitiveShape<UInt128>(static (writer, value) => writer.Write128(value), static reader => reader.Read128()),
        [typeof(bool)] = new PrimitiveShape<bool>(static (writer, value) => writer.WriteBoolean(value), static reader => reader.ReadBoolean()),
        [typeof(float)] = new PrimitiveShape<float>(static (writer, value) => writer.WriteSingle(value), static reader => reader.ReadSingle()),
        [typeof(double)] = new PrimitiveShape<double>(static (writer, value) => writer.WriteDouble(value), static reader => reader.ReadDouble()),
        [typeof(Rune)] = new PrimitiveShape<Rune>(static (writer, value) => writer.WriteRune(value), static reader => reader.ReadRune()),
        [typeof(char)] = new PrimitiveShape<char>(WriteChar, ReadChar),
        [typeof(string)] = new PrimitiveShape<string>(static (writer, value) => writer.WriteString(value), static reader => reader.ReadString()),
        [typeof(byte[])] = new PrimitiveShape<byte[]>(static (writer, value) => writer.WriteBytes(value), static reader => reader.ReadBytes()),
        [typeof(ReadOnlyMemory<byte>)] = new PrimitiveShape<ReadOnlyMemory<byte>>(static (writer, value) => writer.WriteBytes(value.Span), static reader => reader.ReadBytes()),
        [typeof(ValueTuple)] = new PrimitiveShape<ValueTuple>(static (writer, _) => writer.WriteUnit(), static reader => ReadUnit(reader)),
        [typeof(TimeSpan)] = new PrimitiveShape<TimeSpan>(WriteDuration, ReadDuration),
    };

    public static Shape? Find(Type type) => Known.GetValueOrDefault(type);

    private static void WriteChar(WireWriter writer, char value)
    {
        if (!Rune.TryCreate(value, out Rune rune))
            throw new ArgumentException($"The char 0x{(int)value:x4} is half of a character: use Rune.");
        writer.WriteRune(rune);
    }

    private static char ReadChar(WireReader reader)
    {
        Rune rune = reader.ReadRune();
        return rune.IsBmp ? (char)rune.Value : throw reader.Malformed("the character does not fit a char: use Rune");
    }

    private static ValueTuple ReadUnit(WireReader reader)
    {
        reader.ReadUnit();
        return default;
    }

    // std::time::Duration: a struct of whole seconds (u64) and nanoseconds (u32)
    private static void WriteDuration(WireWriter writer, TimeSpan value)
    {
        if (value < TimeSpan.Zero)
            throw new ArgumentException($"The TimeSpan {value} is negative, which a Duration cannot be.");
        writer.BeginStruct(2);
        writer.WriteUnsigned((ulong)(value.Ticks / TimeSpan.TicksPerSecond), 8);
        writer.WriteUnsigned((ulong)(value.Ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick), 4);
    }

    private static TimeSpan ReadDuration(WireReader reader)
    {
        reader.ReadStruct(2);
        ulong seconds = reader.ReadUnsigned(8);
        ulong nanoseconds = reader.ReadUnsigned(4);
        UInt128 ticks = ((UInt128)seconds * TimeSpan.TicksPerSecond) + (nanoseconds / (ulong)NanosecondsPerTick);
        return ticks <= long.MaxValue ? new TimeSpan((long)ticks) : throw reader.Malformed("the Duration is longer than a TimeSpan can be");
    }
}
