using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Lunatic.Runtime.Serialization;

namespace Lunatic.Runtime.Tests.Serialization;

/// <summary>Values, the bytes that bincode 1.3 and rmp-serde 1.1 make of the Rust values that they stand for, and back.</summary>
[TestFixture]
public sealed class WireFormatTests
{
    private static readonly IMessageSerializer Bincode = MessageSerializers.Bincode;
    private static readonly IMessageSerializer MessagePack = MessageSerializers.MessagePack;

    [Test]
    public void Numbers()
    {
        Check((sbyte)-2, "fe", "fe");
        Check((short)-300, "d4fe", "d1fed4");
        Check(-70_000, "90eefeff", "d2fffeee90");
        Check(-5_000_000_000L, "000efad5feffffff", "d3fffffffed5fa0e00");
        Check(-33, "dfffffff", "d0df");
        Check(127, "7f000000", "7f");
        Check(200, "c8000000", "ccc8");
        Check((byte)255, "ff", "ccff");
        Check((ushort)65_535, "ffff", "cdffff");
        Check(4_000_000_000u, "00286bee", "ceee6b2800");
        Check(ulong.MaxValue, "ffffffffffffffff", "cfffffffffffffffff");
        Check(1.5f, "0000c03f", "ca3fc00000");
        Check(-2.5, "00000000000004c0", "cbc004000000000000");
        Check(true, "01", "c3");
        Check((UInt128)258, "02010000000000000000000000000000", "c41000000000000000000000000000000102");
        Check((Int128)(-1), "ffffffffffffffffffffffffffffffff", "c410ffffffffffffffffffffffffffffffff");
    }

    [Test]
    public void Text_and_bytes()
    {
        Check("hé", "030000000000000068c3a9", "a368c3a9");
        Check('é', "c3a9", "a2c3a9");
        Check(new Rune(0x1f980), "f09fa680", "a4f09fa680");
        Check<byte[]>([1, 200], "020000000000000001c8", "9201ccc8");
        Check(new string('x', 40), "2800000000000000" + string.Concat(Enumerable.Repeat("78", 40)), "d928" + string.Concat(Enumerable.Repeat("78", 40)));
    }

    [Test]
    public void Options_units_and_tuples()
    {
        Check<int?>(null, "00", "c0");
        Check<int?>(7, "0107000000", "07");
        Check(default(ValueTuple), "", "c0");
        Check((1, "a", true), "01000000010000000000000061" + "01", "9301a161c3");
        Check(TimeSpan.FromMilliseconds(1500), "010000000000000000" + "65cd1d", "9201ce1dcd6500");
    }

    [Test]
    public void Collections()
    {
        Check<int[]>([1, 2], "02000000000000000100000002000000", "920102");
        Check<List<string>>(["a"], "0100000000000000010000000000000061", "91a161");
        Check<ImmutableArray<byte>>([9], "010000000000000009", "9109");
        Check(new Dictionary<string, bool> { ["k"] = true }, "010000000000000001000000000000006b01", "81a16bc3");
        Check<Point[]>([.. Enumerable.Range(0, 16).Select(i => new Point(i, 0))], null, "dc0010" + string.Concat(Enumerable.Range(0, 16).Select(i => $"92{i:x2}00")));
    }

    [Test]
    public void Structs_and_newtypes()
    {
        Check(new Point(1, -1), "01000000ffffffff", "9201ff");
        Check(new UserId(5), "0500000000000000", "05");
        Check(new Nothing(), "", "90");
        Check(new Tree(1, new Tree(2)), "0100000001020000000000" + "00", "93019302c0c0c0");
        Check(new ProcessReference(0, 3), "00000000000000000300000000000000", "920003");
    }

    [Test]
    public void A_member_of_a_type_parameter_is_an_option_only_where_it_is_written_as_one()
    {
        Check(new Labelled<string>("a", null, ("b", true)), "010000000000000061" + "00" + "010000000000000062" + "01", "93a161c092a162c3");
        Check(new Labelled<string>("a", "b", ("c", true)), "010000000000000061" + "01010000000000000062" + "010000000000000063" + "01", "93a161a16292a163c3");
        Check(new Labelled<byte>(1, 2, (3, true)), "01" + "02" + "03" + "01", "9301029203c3");
    }

    [Test]
    public void Enums()
    {
        Check(Color.Blue, "02000000", "a4426c7565");
        Check<Drawing>(new Circle(3, null), "000000000300000000", "81a6436972636c659203c0");
        Check<Drawing>(new Circle(3, "a"), "000000000300000001010000000000000061", "81a6436972636c659203a161");
        Check<Drawing>(new Square(4), "0100000004000000", "81a653717561726504");
        Check<Drawing>(new Nothing(), "02000000", "a74e6f7468696e67");
    }

    [Test]
    public void Elements_may_be_nullable()
    {
        var text = (Text)RoundTrip<Drawing>(Bincode, new Text(["a", null]));
        Assert.That(text.Lines, Is.EqualTo(new[] { "a", null }));
        Assert.That(Convert.ToHexStringLower(Bytes<Drawing>(MessagePack, text)), Is.EqualTo("81a5576f7264739192a161c0"));
    }

    [Test]
    public void Classes_with_properties()
    {
        foreach (IMessageSerializer serializer in new[] { Bincode, MessagePack })
        {
            Settings settings = RoundTrip(serializer, new Settings { Title = "t", Limits = { ["a"] = 1, ["b"] = -2 } });
            Assert.That(settings.Title, Is.EqualTo("t"));
            Assert.That(settings.Limits, Is.EquivalentTo(new Dictionary<string, long> { ["a"] = 1, ["b"] = -2 }));
        }
    }

    [Test]
    public void MessagePack_reads_what_other_writers_may_choose()
    {
        Assert.That(MessagePack.Read<byte[]>(Convert.FromHexString("c4020102")), Is.EqualTo(new byte[] { 1, 2 }), "binary");
        Assert.That(MessagePack.Read<uint>(Convert.FromHexString("d005")), Is.EqualTo(5), "a signed form");
        Assert.That(MessagePack.Read<long>(Convert.FromHexString("cf0000000000000005")), Is.EqualTo(5), "a long form");
        Assert.That(MessagePack.Read<Color>(Convert.FromHexString("01")), Is.EqualTo(Color.Green), "a variant by index");
        Assert.That(MessagePack.Read<double>(Convert.FromHexString("ca3fc00000")), Is.EqualTo(1.5), "a short fraction");
    }

    [Test]
    public void Json_goes_by_a_source_generated_context()
    {
        IMessageSerializer json = MessageSerializers.Json(SampleJson.Default.Options);
        Assert.That(Encoding.UTF8.GetString(Bytes(json, new Point(1, 2))), Is.EqualTo("""{"X":1,"Y":2}"""));
        Assert.That(json.Read<Point>("""{"X":1,"Y":2}"""u8.ToArray()), Is.EqualTo(new Point(1, 2)));
        Assert.That(() => json.Read<Point>("""{"X":"""u8.ToArray()), Throws.InstanceOf<MessageFormatException>());
        Assert.That(() => json.Read<Point>("null"u8.ToArray()), Throws.InstanceOf<MessageFormatException>());
        Assert.That(() => json.Read<Settings>("{}"u8.ToArray()), Throws.InstanceOf<NotSupportedException>());
    }

    [Test]
    public void Raw_bytes_are_themselves()
    {
        Assert.That(Bytes<byte[]>(MessageSerializers.Raw, [1, 2]), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(MessageSerializers.Raw.Read<byte[]>(new byte[] { 3 }), Is.EqualTo(new byte[] { 3 }));
        Assert.That(() => MessageSerializers.Raw.Read<string>(Array.Empty<byte>()), Throws.InstanceOf<NotSupportedException>());
    }

    internal static byte[] Bytes<T>(IMessageSerializer serializer, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        serializer.Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    private static T RoundTrip<T>(IMessageSerializer serializer, T value) => serializer.Read<T>(Bytes(serializer, value));

    private static void Check<T>(T value, string? bincode, string messagePack)
    {
        if (bincode is not null)
            Assert.That(Convert.ToHexStringLower(Bytes(Bincode, value)), Is.EqualTo(bincode), $"bincode of {value}");
        Assert.That(Convert.ToHexStringLower(Bytes(MessagePack, value)), Is.EqualTo(messagePack), $"MessagePack of {value}");
        Assert.That(RoundTrip(Bincode, value), Is.EqualTo(value), "bincode and back");
        Assert.That(RoundTrip(MessagePack, value), Is.EqualTo(value), "MessagePack and back");
    }
}
