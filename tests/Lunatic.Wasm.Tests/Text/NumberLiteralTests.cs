using System.Globalization;
using System.Numerics;
using System.Text;
using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Tests.Text;

public sealed class NumberLiteralTests : TextTestBase
{
    [TestCase("0.1")]
    [TestCase("1e-45")]
    [TestCase("0.7006492321624085354618e-45")]
    [TestCase("0.7006492321624085354619e-45")]
    [TestCase("1.1754943508222875e-38")]
    [TestCase("3.4028234663852886e38")]
    [TestCase("3.4028235677973365e38")]
    [TestCase("16777217")]
    [TestCase("16777219.0000000000000000000000000000001")]
    [TestCase("4.9e-324")]
    [TestCase("2.4703282292062327e-324")]
    [TestCase("2.4703282292062328e-324")]
    [TestCase("2.2250738585072011e-308")]
    [TestCase("1.7976931348623157e308")]
    [TestCase("9007199254740993")]
    [TestCase("123_456.789_012e+1_0")]
    [TestCase("0")]
    [TestCase("0e999999999999999999999")]
    public void Decimal_floats_are_rounded_as_dotnet_does(string literal)
    {
        string plain = literal.Replace("_", "", StringComparison.Ordinal);
        double wide = double.Parse(plain, CultureInfo.InvariantCulture);
        float narrow = float.Parse(plain, CultureInfo.InvariantCulture);

        Check(literal, FloatFormat.Double, BitConverter.DoubleToUInt64Bits(wide), double.IsFinite(wide));
        Check("-" + literal, FloatFormat.Double, BitConverter.DoubleToUInt64Bits(-wide), double.IsFinite(wide));
        Check(literal, FloatFormat.Single, BitConverter.SingleToUInt32Bits(narrow), float.IsFinite(narrow));
    }

    [Test]
    public void Random_decimal_floats_are_rounded_as_dotnet_does()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(value))
                continue;
            Check(value.ToString("E16", CultureInfo.InvariantCulture), FloatFormat.Double, BitConverter.DoubleToUInt64Bits(value), true);
            float narrow = BitConverter.Int32BitsToSingle(random.Next());
            if (float.IsFinite(narrow))
                Check(narrow.ToString("E8", CultureInfo.InvariantCulture), FloatFormat.Single, BitConverter.SingleToUInt32Bits(narrow), true);
        }
    }

    [Test]
    public void Random_hexadecimal_floats_are_rounded_to_nearest_even()
    {
        var random = new Random(2);
        for (int i = 0; i < 20_000; i++)
        {
            var significand = (BigInteger)(ulong)random.NextInt64() << random.Next(0, 40);
            significand = (significand << 64) + (random.Next(3) == 0 ? 0 : random.NextInt64());
            int exponent = random.Next(-1300, 1000);
            string literal = $"0x{significand.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0')}p{exponent}";

            Check(literal, FloatFormat.Double, Nearest(significand, exponent, 53, 1023), null);
            Check(literal, FloatFormat.Single, Nearest(significand, exponent, 24, 127), null);
        }
    }

    [Test]
    public void Literals_beyond_the_limits_of_dotnets_parser_are_exact()
    {
        string zeros = new('0', 20_000);

        Check($"0.{zeros}1e20001", FloatFormat.Double, BitConverter.DoubleToUInt64Bits(1), true);
        Check($"1{zeros}e-20000", FloatFormat.Double, BitConverter.DoubleToUInt64Bits(1), true);
        Check($"1.{zeros}1", FloatFormat.Single, BitConverter.SingleToUInt32Bits(1), true);
        Check($"16777217.{zeros}1", FloatFormat.Single, BitConverter.SingleToUInt32Bits(16777218), true);
        Check($"0x0.{zeros}1p80004", FloatFormat.Double, BitConverter.DoubleToUInt64Bits(1), true);
        Check($"0x1.000001{zeros}p0", FloatFormat.Single, BitConverter.SingleToUInt32Bits(1), true);
        Check($"0x1.000001{zeros}1p0", FloatFormat.Single, BitConverter.SingleToUInt32Bits(1.00000012f), true);
    }

    [TestCase("0x1.fffffefffffff8p127", 0x7F7FFFFFu)]
    [TestCase("0x1p-149", 1u)]
    [TestCase("0x1p-150", 0u)]
    [TestCase("0x1.8p-150", 1u)]
    [TestCase("0x0.0000000000000001p-86", 0u)]
    [TestCase("-0x0", 0x80000000u)]
    [TestCase("inf", 0x7F800000u)]
    [TestCase("-nan", 0xFFC00000u)]
    [TestCase("nan:0x1", 0x7F800001u)]
    [TestCase("nan:0x7f_ffff", 0x7FFFFFFFu)]
    public void Singles_have_these_bits(string literal, uint bits) => Check(literal, FloatFormat.Single, bits, true);

    [TestCase("0x7fffffff", 0x7FFFFFFF)]
    [TestCase("0xffffffff", -1)]
    [TestCase("-0x80000000", int.MinValue)]
    [TestCase("1_000_000", 1_000_000)]
    [TestCase("+7", 7)]
    public void Integers_have_these_values(string literal, int value) =>
        Assert.That(Hex($"(func i32.const {literal} drop)"), Is.EqualTo(Hex($"(func i32.const {value} drop)")));

    [TestCase("0x1_0000_0000")]
    [TestCase("-2147483649")]
    [TestCase("99999999999999999999999")]
    public void Integers_out_of_range_are_refused(string literal) =>
        Assert.That(Refused($"(func i32.const {literal} drop)").Problem, Is.EqualTo("constant out of range"));

    private static ulong Nearest(BigInteger significand, int exponent, int precision, int bias)
    {
        // exact arithmetic: the value in units of the smallest subnormal, then as many bits as the exponent allows
        if (significand.IsZero)
            return 0;
        long unit = exponent + bias + precision - 2;
        long bits = (long)significand.GetBitLength();
        long drop = Math.Max(bits - precision, -unit);
        BigInteger kept = drop > 0 ? significand >> (int)drop : significand << (int)-drop;
        if (drop > 0)
        {
            BigInteger rest = significand - (kept << (int)drop), half = BigInteger.One << (int)(drop - 1);
            if (rest > half || (rest == half && !kept.IsEven))
                kept++;
        }
        long scale = drop + unit;
        while (kept.GetBitLength() > precision)
            (kept, scale) = (kept >> 1, scale + 1);
        if (kept.GetBitLength() < precision)
            return (ulong)kept;
        ulong field = (ulong)scale + 1;
        ulong infinity = ((ulong)bias << 1) + 1;
        return field >= infinity ? infinity << (precision - 1) : (field << (precision - 1)) + (ulong)(kept - (BigInteger.One << (precision - 1)));
    }

    private static void Check(string literal, FloatFormat format, ulong expected, bool? finite)
    {
        FloatLiteral.Outcome outcome = FloatLiteral.Parse(Encoding.UTF8.GetBytes(literal), format, out ulong bits);
        bool fits = finite ?? expected != format.Infinity;
        string shown = literal.Length > 80 ? literal[..80] : literal;
        Assert.That(outcome, Is.EqualTo(fits ? FloatLiteral.Outcome.Ok : FloatLiteral.Outcome.OutOfRange), shown);
        if (fits)
            Assert.That(bits, Is.EqualTo(expected), shown);
    }
}
