using Lunatic.Wasm.Scripts;

namespace Lunatic.Wasm.Tests.Scripts;

/// <summary>Scripts that must fail do, with the line and what was wrong.</summary>
public sealed class WastRunnerTests
{
    private const string Module = """
        (module $m
          (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
          (func (export "nan") (param i32) (result f32) (f32.reinterpret_i32 (local.get 0)))
          (func (export "extern") (param externref) (result externref) (local.get 0))
          (func (export "trap") unreachable)
          (func (export "vector") (param v128) (result v128) (local.get 0))
          (global (export "g") i64 (i64.const 5)))

        """;

    [TestCase("(assert_return (invoke \"add\" (i32.const 1) (i32.const 2)) (i32.const 3))")]
    [TestCase("(assert_return (invoke $m \"add\" (i32.const 0x7fff_ffff) (i32.const 1)) (i32.const -0x8000_0000))")]
    [TestCase("(assert_return (get \"g\") (i64.const 5))")]
    [TestCase("(assert_return (invoke \"nan\" (i32.const 0xffc00000)) (f32.const nan:canonical))")]
    [TestCase("(assert_return (invoke \"nan\" (i32.const 0x7fc00001)) (f32.const nan:arithmetic))")]
    [TestCase("(assert_return (invoke \"vector\" (v128.const i8x16 -1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)) (v128.const i64x2 0x08070605040302ff 0x100f0e0d0c0b0a09))")]
    [TestCase("(assert_return (invoke \"vector\" (v128.const i32x4 0xffc00000 0x7fc00001 0 0x3f800000)) (v128.const f32x4 nan:canonical nan:arithmetic 0 1))")]
    [TestCase("(assert_return (invoke \"extern\" (ref.extern 3)) (ref.extern 3))")]
    [TestCase("(assert_return (invoke \"extern\" (ref.extern 3)) (ref.extern))")]
    [TestCase("(assert_return (invoke \"extern\" (ref.null extern)) (ref.null))")]
    [TestCase("(assert_return (invoke \"add\" (i32.const 1) (i32.const 2)) (either (i32.const 4) (i32.const 3)))")]
    [TestCase("(assert_trap (invoke \"trap\") \"unreachable\")")]
    [TestCase("(assert_invalid (module (func (result i32))) \"type mismatch\")")]
    [TestCase("(assert_malformed (module quote \"(func foo)\") \"unknown operator\")")]
    [TestCase("(assert_malformed (module binary \"\") \"unexpected end\")")]
    [TestCase("(assert_unlinkable (module (import \"a\" \"b\" (func))) \"unknown import\")")]
    [TestCase("(assert_trap (module (func $f unreachable) (start $f)) \"unreachable\")")]
    [TestCase("(register \"r\" $m) (module (import \"r\" \"g\" (global i64)))")]
    [TestCase("(module definition $d (func)) (module instance $i $d)")]
    public void A_true_assertion_passes(string command)
    {
        WastSummary summary = WastScript.Parse(Module + command).Run();

        Assert.That(summary.Results.Where(result => result.Outcome != WastOutcome.Passed), Is.Empty);
        Assert.That(summary.Passed, Is.True);
    }

    [TestCase("(assert_return (invoke \"add\" (i32.const 1) (i32.const 2)) (i32.const 4))", "expected [i32 4], got [i32 3]")]
    [TestCase("(assert_return (invoke \"add\" (i32.const 1) (i32.const 2)) (i64.const 3))", "expected [i64 3], got [i32 3]")]
    [TestCase("(assert_return (invoke \"add\" (i32.const 1) (i32.const 2)))", "expected [], got [i32 3]")]
    [TestCase("(assert_return (invoke \"add\" (i32.const 1)))", "ArgumentException")]
    [TestCase("(assert_return (invoke \"nan\" (i32.const 0x7fc00001)) (f32.const nan:canonical))", "expected [f32 nan:canonical]")]
    [TestCase("(assert_return (invoke \"nan\" (i32.const 0x7f800001)) (f32.const nan:arithmetic))", "expected [f32 nan:arithmetic]")]
    [TestCase("(assert_return (invoke \"vector\" (v128.const i32x4 0x7fc00001 0 0 0)) (v128.const f32x4 nan:canonical 0 0 0))", "expected [v128 (f32 nan:canonical, 0x0, 0x0, 0x0)], got [v128 0x0000000000000000000000007fc00001]")]
    [TestCase("(assert_return (invoke \"vector\" (v128.const i32x4 0x7fc00000 0 0 1)) (v128.const f32x4 nan:canonical 0 0 0))", "expected [v128 (f32 nan:canonical")]
    [TestCase("(assert_return (invoke \"vector\" (v128.const i64x2 1 2)) (v128.const i64x2 1 3))", "expected [v128 0x00000000000000030000000000000001]")]
    [TestCase("(assert_return (invoke \"extern\" (ref.extern 3)) (ref.extern 4))", "expected [externref of the host 4]")]
    [TestCase("(assert_return (invoke \"extern\" (ref.null extern)) (ref.extern))", "expected [externref not null]")]
    [TestCase("(assert_return (invoke \"trap\"))", "trapped: unreachable")]
    [TestCase("(assert_return (invoke \"missing\"))", "there is no function \"missing\"")]
    [TestCase("(assert_return (invoke $other \"add\"))", "there is no instance $other")]
    [TestCase("(assert_trap (invoke \"trap\") \"integer overflow\")", "expected the message \"integer overflow\", got \"unreachable\"")]
    [TestCase("(assert_trap (invoke \"add\" (i32.const 1) (i32.const 2)) \"unreachable\")", "expected the trap \"unreachable\", got [i32 3]")]
    [TestCase("(assert_invalid (module) \"type mismatch\")", "the module was accepted")]
    [TestCase("(assert_invalid (module (func foo)) \"type mismatch\")", "malformed: 8:31: unknown operator foo")]
    [TestCase("(assert_malformed (module quote \"(func drop)\") \"unexpected token\")", "invalid: type mismatch")]
    [TestCase("(assert_malformed (module quote \"(func)\") \"unexpected token\")", "the module was accepted")]
    [TestCase("(assert_unlinkable (module (func unreachable) (start 0)) \"unknown import\")", "uninstantiable: unreachable")]
    public void A_false_assertion_fails_and_says_why(string command, string message)
    {
        WastSummary summary = WastScript.Parse(Module + command).Run();

        WastResult failure = summary.Failures.Single();
        Assert.That(failure.Message, Does.StartWith(message));
        Assert.That(failure.Line, Is.EqualTo(8));
        Assert.That((summary.Assertions, summary.PassedAssertions, summary.Passed), Is.EqualTo((1, 0, false)));
    }

    [Test]
    public void After_a_module_that_failed_there_is_no_instance_to_act_on()
    {
        WastSummary summary = WastScript.Parse(Module + "(module (import \"no\" \"such\" (func)))\n(assert_return (get \"g\") (i64.const 5))").Run();

        Assert.That(summary.Failures.Select(failure => (failure.Line, failure.Kind)), Is.EqualTo(new[] { (8, "module"), (9, "assert_return") }));
    }

    [Test]
    public void A_command_that_is_not_supported_is_skipped_and_the_script_does_not_pass()
    {
        WastSummary summary = WastScript.Parse("(module)\n(thread $t (x))\n(module)").Run();

        Assert.That(summary.Results.Select(result => result.Outcome), Is.EqualTo(new[] { WastOutcome.Passed, WastOutcome.Skipped, WastOutcome.Passed }));
        Assert.That(summary.Passed, Is.False);
    }

    [Test]
    public void A_script_that_never_ends_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        WastScript script = WastScript.Parse("(module)\n(module (func (export \"spin\") (loop (br 0))))\n(invoke \"spin\")");
        var progress = new CancelAfterSecond(cancellation);

        Assert.That(() => script.Run(progress: progress, cancellation: cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_script_can_be_run_again()
    {
        WastScript script = WastScript.Parse(Module + "(assert_return (get \"g\") (i64.const 5))");

        Assert.That(script.Run().Passed && script.Run().Passed, Is.True);
    }

    [TestCase("(module) 5", 1, 10)]
    [TestCase("(module)\n(assert_return)", 2, 15)]
    [TestCase("(module", 1, 8)]
    public void A_text_that_is_no_script_is_refused_with_its_place(string text, int line, int column)
    {
        WasmMalformedException error = Assert.Throws<WasmMalformedException>(() => WastScript.Parse(text))!;

        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)line, (int?)column)));
    }

    [Test]
    public void Mutated_and_truncated_scripts_are_read_or_refused()
    {
        string script = Module + """
            (register "r" $m) (module definition $d binary "\00asm\01\00\00\00") (module instance $i $d)
            (assert_return (invoke $m "add" (i32.const 0x1) (i32.const -2)) (either (i32.const 1) (i32.const 2)))
            (assert_return (invoke "nan" (f32.const -nan:0x1)) (f32.const nan:canonical)) (get $m "g")
            (assert_trap (module (start 0)) "x") (assert_malformed (module quote "(" "\29") "y") (thread (a))
            """;
        var random = new Random(4);
        for (int i = 0; i < 10_000; i++)
        {
            char[] mutated = script[..random.Next(script.Length)].ToCharArray();
            for (int change = random.Next(3); change > 0 && mutated.Length > 0; change--)
                mutated[random.Next(mutated.Length)] = random.Next(8) == 0 ? (char)random.Next(256) : script[random.Next(script.Length)];
            try
            {
                WastScript.Parse(new string(mutated));
            }
            catch (WasmMalformedException error)
            {
                Assert.That(error.Line, Is.GreaterThan(0));
            }
        }
    }

    private sealed class CancelAfterSecond(CancellationTokenSource cancellation) : IProgress<WastResult>
    {
        private int _results;

        public void Report(WastResult value)
        {
            if (++_results == 2)
                cancellation.CancelAfter(TimeSpan.FromMilliseconds(20));
        }
    }
}
