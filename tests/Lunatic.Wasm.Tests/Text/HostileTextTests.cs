using System.Text;
using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Tests.Text;

public sealed class HostileTextTests : TextTestBase
{
    private const int Deep = 200_000;

    [Test]
    public void Deep_nesting_does_not_overflow_the_stack()
    {
        byte[] blocks = Encode($"(func {Repeat("(block ", Deep)}{Repeat(")", Deep)})");
        byte[] plain = Encode($"(func {Repeat("block ", Deep)}{Repeat("end ", Deep)})");
        byte[] operators = Encode($"(func {Repeat("(drop ", Deep)}{Repeat(")", Deep)})");
        byte[] conditions = Encode($"(func {Repeat("(if ", Deep)}{Repeat("(then))", Deep)})");

        Assert.That(blocks, Is.EqualTo(plain));
        Assert.That(operators, Has.Length.GreaterThan(Deep));
        Assert.That(conditions, Has.Length.GreaterThan(3 * Deep));
        Assert.That(Encode($"{Repeat("(;", Deep)}{Repeat(";)", Deep)}(module)"), Has.Length.EqualTo(8));
        Assert.That(Encode($"(@a {Repeat("(", Deep)}{Repeat(")", Deep)})(module)"), Has.Length.EqualTo(8));
    }

    [Test]
    public void Unclosed_deep_nesting_is_refused()
    {
        Assert.That(Refused(Repeat("(", Deep)).Problem, Does.StartWith("unexpected token"));
        Assert.That(Refused($"(func {Repeat("(block ", Deep)}").Problem, Does.StartWith("unexpected token"));
        Assert.That(Refused(Repeat("(;", Deep)).Problem, Is.EqualTo("unclosed comment"));
    }

    [Test]
    public void Branches_to_far_labels_take_linear_time()
    {
        // each of 100,000 branches looks its label up through 100,000 others
        byte[] module = Encode($"(func (block $far {Repeat("(block $near ", 100_000)}{Repeat("(br $far)", 100_000)}{Repeat(")", 100_000)}))");

        Assert.That(module, Has.Length.GreaterThan(500_000));
    }

    [Test]
    public void One_function_with_many_locals_does_not_slow_the_others_down()
    {
        string locals = string.Concat(Enumerable.Range(0, 200_000).Select(index => $"(local $l{index} i32)"));

        byte[] module = Encode($"(func {locals}){Repeat("(func (local $x i32))", 100_000)}");

        Assert.That(module, Has.Length.GreaterThan(500_000));
    }

    [Test]
    public void Places_of_many_errors_in_one_text_take_linear_time()
    {
        // a place far behind in a line of four million characters, ten thousand times
        var source = new SourceText(Encoding.UTF8.GetBytes(Repeat("(;é;)", 1_000_000)));
        for (int i = 0; i < 10_000; i++)
            Assert.That(source.Locate(6 * (1_000_000 - i)), Is.EqualTo((1, 1 + (5 * (1_000_000 - i)))));
    }

    [Test]
    public void Truncated_and_mutated_texts_are_encoded_or_refused()
    {
        byte[] text = Encoding.UTF8.GetBytes("""
            (module $m (@a (b "c"))
              (type $t (func (param $p i32) (result i32 f64)))
              (import "a" "b\u{e4}\41" (func $i (type $t)))
              (memory $mem (export "m") 1 2) (table $tab funcref (elem $f $i))
              (global $g (mut f32) (f32.const -0x1.8p-3))
              (func $f (export "f") (param $x i32) (result i32) (local $y i64)
                (block $l (result i32) (br_table $l 0 (local.get $x) (i32.const 0x7f)))
                (if (result i32) (then (i32.load8_u offset=3 align=1 (i32.const 1))) (else unreachable))
                (call_indirect $tab (type $t) (i32.const 0)) drop)
              (elem declare func $f) (data $d (offset i32.const 1) "x\00\ff") (start $f))
            """);
        var random = new Random(3);
        for (int i = 0; i < text.Length; i++)
            EncodeOrRefuse(text[..i]);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutated = [.. text];
            for (int change = random.Next(1, 4); change > 0; change--)
                mutated[random.Next(mutated.Length)] = random.Next(4) == 0 ? (byte)random.Next(256) : text[random.Next(text.Length)];
            EncodeOrRefuse(mutated);
        }
    }

    private static void EncodeOrRefuse(byte[] text)
    {
        try
        {
            TextModule.Encode(text);
        }
        catch (WasmMalformedException error)
        {
            Assert.That(error.Line, Is.GreaterThan(0));
        }
    }

    private static string Repeat(string part, int times) => new StringBuilder(part.Length * times).Insert(0, part, times).ToString();
}
