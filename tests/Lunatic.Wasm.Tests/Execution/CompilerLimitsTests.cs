using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Execution;

/// <summary>Functions that the compiler does not take stay interpreted, in bounded time, and give what they should.</summary>
public class CompilerLimitsTests
{
    private static IEnumerable<TestCaseData> Functions()
    {
        yield return new TestCaseData(Repeat("i32.const 1 i32.add ", 20_000), 20_000).SetArgDisplayNames("many instructions");
        yield return new TestCaseData($"{Repeat("i32.const 1 ", 3_000)} {Repeat("call $one ", 1_000)} {Repeat("i32.add ", 4_000)}", 4_000)
            .SetArgDisplayNames("many operands over many calls");
        yield return new TestCaseData($"{Repeat("(loop (result i32) ", 2_000)} call $one {Repeat(") call $one i32.add ", 2_000)} i32.add", 2_001)
            .SetArgDisplayNames("loops in loops");
    }

    [TestCaseSource(nameof(Functions))]
    [CancelAfter(60_000)]
    public void A_function_beyond_the_limits_stays_interpreted(string code, int expected)
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Compiled });
        WasmInstance instance = TestInstance.Create(store, $"""
            (module
              (func $one (result i32) (i32.const 1))
              (func (export "f") (result i32) i32.const 0 {code}))
            """);
        Assert.That(instance.Call("f"), Is.EqualTo(expected));
        unsafe
        {
            var function = instance.GetFunction("f")!.Code;
            Assert.That(function->CompiledEntry == 0, Is.EqualTo(function->IsNotCompilable));
        }
    }

    [Test]
    public void Loops_in_loops_are_resumed_at_every_site()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Compiled }) { SuspendAtEverySite = true };
        // the value of each level is counted down in the level above
        WasmInstance instance = TestInstance.Create(store, """
            (module
              (func $one (result i32) (i32.const 1))
              (func (export "f") (param i32) (result i32) (local i32 i32 i32)
                (loop $a
                  (local.set 1 (local.get 0))
                  (loop $b
                    (local.set 2 (local.get 0))
                    (loop $c
                      (local.set 3 (i32.add (local.get 3) (call $one)))
                      (br_if $c (local.tee 2 (i32.sub (local.get 2) (call $one)))))
                    (br_if $b (local.tee 1 (i32.sub (local.get 1) (call $one)))))
                  (br_if $a (i32.lt_u (local.get 3) (i32.const 300))))
                (local.get 3)))
            """);
        Assert.That(instance.Call("f", 7), Is.EqualTo(343));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
