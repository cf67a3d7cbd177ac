using Lunatic.Runtime.Serialization;

namespace Lunatic.Runtime.Tests.Serialization;

[TestFixture]
public sealed class MalformedMessageTests
{
    private static readonly IMessageSerializer[] Formats = [MessageSerializers.Bincode, MessageSerializers.MessagePack];

    [TestCase("")]
    [TestCase("010000")]
    [TestCase("0100000000")]
    public void A_number_of_another_length_is_refused(string hex) => Refuse<int>(MessageSerializers.Bincode, hex);

    [Test]
    public void Lengths_are_checked_against_what_is_there()
    {
        Refuse<byte[]>(MessageSerializers.Bincode, "ffffffffffffffff00");
        Refuse<int[]>(MessageSerializers.Bincode, "ffffffffffffff7f00");
        Refuse<ValueTuple[]>(MessageSerializers.Bincode, "0000000001000000");
        Refuse<Dictionary<string, int>>(MessageSerializers.Bincode, "ffffffffffffffff");
        Refuse<string>(MessageSerializers.MessagePack, "dbffffffff61");
        Refuse<int[]>(MessageSerializers.MessagePack, "ddffffffff01");
        Refuse<Dictionary<string, int>>(MessageSerializers.MessagePack, "dfffffffff");
        Refuse<byte[]>(MessageSerializers.MessagePack, "c6ffffffff01");
    }

    [Test]
    public void Values_of_other_kinds_are_refused()
    {
        Refuse<bool>(MessageSerializers.Bincode, "02");
        Refuse<int?>(MessageSerializers.Bincode, "0201000000");
        Refuse<string>(MessageSerializers.Bincode, "0100000000000000ff");
        Refuse<Color>(MessageSerializers.Bincode, "03000000");
        Refuse<Drawing>(MessageSerializers.Bincode, "ffffffff");
        Refuse<System.Text.Rune>(MessageSerializers.Bincode, "eda080");
        Refuse<sbyte>(MessageSerializers.MessagePack, "ccff");
        Refuse<uint>(MessageSerializers.MessagePack, "ff");
        Refuse<byte>(MessageSerializers.MessagePack, "cd0100");
        Refuse<Color>(MessageSerializers.MessagePack, "a36f6464");
        Refuse<Drawing>(MessageSerializers.MessagePack, "a6436972636c65");
        Refuse<Drawing>(MessageSerializers.MessagePack, "82a6436972636c659203c0c0c0");
        Refuse<Point>(MessageSerializers.MessagePack, "9101");
        Refuse<char>(MessageSerializers.MessagePack, "a26161");
        Refuse<Positive>(MessageSerializers.MessagePack, "9100");
    }

    [Test]
    public void Nesting_has_a_limit_both_ways()
    {
        var deep = new Tree(0);
        for (int i = 0; i < 100; i++)
            deep = new Tree(i, deep);
        foreach (IMessageSerializer format in Formats)
            Assert.That(() => WireFormatTests.Bytes(format, deep), Throws.ArgumentException.With.Message.Contains("64"));
        Refuse<Tree>(MessageSerializers.MessagePack, string.Concat(Enumerable.Repeat("9301", 100)));
        Refuse<Tree>(MessageSerializers.Bincode, string.Concat(Enumerable.Repeat("0000000001", 100)));
    }

    [Test]
    public void Types_and_values_without_encoding_are_the_callers_error()
    {
        foreach (IMessageSerializer format in Formats)
        {
            Assert.That(() => WireFormatTests.Bytes<object>(format, 1), Throws.InstanceOf<NotSupportedException>());
            Assert.That(() => WireFormatTests.Bytes(format, DateTime.MinValue), Throws.InstanceOf<NotSupportedException>());
            Assert.That(() => WireFormatTests.Bytes(format, new ProcessId(1, 2)), Throws.InstanceOf<NotSupportedException>().With.Message.Contains(nameof(ProcessReference)));
            Assert.That(() => WireFormatTests.Bytes<string>(format, null!), Throws.ArgumentException);
            Assert.That(() => WireFormatTests.Bytes(format, (Color)9), Throws.ArgumentException);
            Assert.That(() => WireFormatTests.Bytes(format, '\ud800'), Throws.ArgumentException);
        }
    }

    [Test]
    public void Random_bytes_give_a_value_or_the_right_exception()
    {
        var random = new Random(11);
        Drawing[] seeds = [new Circle(3, "abc"), new Square(1), new Nothing(), new Text(["x", null, "yz"])];
        foreach (IMessageSerializer format in Formats)
        {
            for (int round = 0; round < 20_000; round++)
            {
                byte[] bytes = WireFormatTests.Bytes(format, seeds[round % seeds.Length]);
                for (int changes = random.Next(1, 4); changes > 0; changes--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                byte[] cut = bytes[..random.Next(bytes.Length + 1)];
                try
                {
                    format.Read<Drawing>(cut);
                    format.Read<(List<Settings>, Tree?, Dictionary<string, Color>)>(cut);
                }
                catch (MessageFormatException)
                {
                    // as it should be
                }
            }
        }
    }

    private static void Refuse<T>(IMessageSerializer format, string hex) =>
        Assert.That(() => format.Read<T>(Convert.FromHexString(hex)), Throws.InstanceOf<MessageFormatException>(), hex);
}
