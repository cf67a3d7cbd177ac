using System.Globalization;
using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Execution;

/// <summary>Compiled and interpreted functions call each other, and everything is as if the interpreter had executed all.</summary>
[TestFixture(false)]
[TestFixture(true)]
public class CompiledCodeTests(bool suspendAtEverySite)
{
    // more locals than the compiler takes, so that a function with them stays interpreted
    private static readonly string Large = $"(local {string.Join(' ', Enumerable.Repeat("i64", 1_001))})";

    private WasmStore _compiled = null!;
    private WasmStore _interpreted = null!;

    [SetUp]
    public void CreateStores()
    {
        _compiled = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Compiled }) { SuspendAtEverySite = suspendAtEverySite };
        _interpreted = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Interpreted });
    }

    [TearDown]
    public void DisposeStores()
    {
        _compiled.Dispose();
        _interpreted.Dispose();
    }

    [Test]
    public void Compiled_and_interpreted_functions_call_each_other_deeply()
    {
        // even is compiled, odd is interpreted
        WasmInstance instance = Check($$"""
            (module
              (func $even (export "f") (param i32) (result i32)
                (if (result i32) (i32.eqz (local.get 0))
                  (then (i32.const 1))
                  (else (call $odd (i32.sub (local.get 0) (i32.const 1))))))
              (func $odd (param i32) (result i32) {{Large}}
                (if (result i32) (i32.eqz (local.get 0))
                  (then (i32.const 0))
                  (else (call $even (i32.sub (local.get 0) (i32.const 1)))))))
            """, 1001);
        unsafe
        {
            Assert.That(instance.GetFunction("f")!.Code->CompiledEntry, Is.Not.Zero);
            Assert.That(instance.GetFunction("f")!.Code[1].IsNotCompilable, Is.True);
        }
    }

    [Test]
    public void A_trap_deep_in_both_kinds_of_code_has_the_same_trace() => Check($$"""
        (module
          (table 2 funcref)
          (elem (i32.const 0) $even $odd)
          (type $t (func (param i32 i64) (result i32 f64 i64)))
          (func $even (export "f") (param i32 i64) (result i32 f64 i64)
            (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i64.add (local.get 1) (i64.const 2)) (i32.const 1)))
          (func $odd (param i32 i64) (result i32 f64 i64) {{Large}}
            (if (i32.eqz (local.get 0)) (then unreachable))
            (call $even (i32.sub (local.get 0) (i32.const 1)) (local.get 1))))
        """, 21, 5L);

    [Test]
    public void Several_results_pass_between_both_kinds_of_code() => Check($$"""
        (module
          (func $compiled (param i32) (result i32 f32 f64 i64)
            (local.get 0) (f32.reinterpret_i32 (local.get 0)) (f64.convert_i32_s (local.get 0)) (i64.extend_i32_u (local.get 0)))
          (func $interpreted (param i32) (result i32 f32 f64 i64) {{Large}}
            (call $compiled (i32.add (local.get 0) (i32.const 1))))
          (func (export "f") (param i32) (result i32 f32 f64 i64 i32 f32 f64 i64)
            (call $interpreted (local.get 0)) (call $compiled (local.get 0))))
        """, 77);

    [Test]
    public void Operands_and_locals_of_every_type_survive_calls_and_loops() => Check("""
        (module
          (global $g (mut i32) (i32.const 3))
          (memory 1)
          (func $touch (result i32)
            (global.set $g (i32.add (global.get $g) (i32.const 5)))
            (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))
            (global.get $g))
          (func (export "f") (param $n i32) (result f64) (local $a i64) (local $b f32) (local $c f64)
            (local.set $b (f32.const 1.5))
            (f64.add
              (f64.convert_i32_s (i32.add (i32.add (global.get $g) (i32.load (i32.const 8))) (call $touch)))
              (loop $l (result f64)
                (local.set $a (i64.add (local.get $a) (i64.extend_i32_u (call $touch))))
                (local.set $b (f32.mul (local.get $b) (f32.const 1.25)))
                (local.set $c (f64.add (local.get $c) (f64.promote_f32 (local.get $b))))
                (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))
                (f64.add (local.get $c) (f64.add (f64.convert_i64_s (local.get $a)) (f64.promote_f32 (local.get $b))))))))
        """, 10);

    [Test]
    public void Host_functions_trap_wait_and_return_under_both_kinds_of_code()
    {
        WasmInstance instance = TestInstance.Create(_compiled, $$"""
            (module
              (import "host" "wait" (func $wait (param i32) (result i32)))
              (func $outer (export "f") (param i32) (result i32) (i32.add (i32.const 1) (call $inner (local.get 0))))
              (func $inner (param i32) (result i32) {{Large}} (i32.add (i32.const 10) (call $innermost (local.get 0))))
              (func $innermost (param i32) (result i32) (i32.add (i32.const 100) (call $wait (local.get 0)))))
            """, new WasmLinker().Define("host", "wait", new WasmHostFunction(
                WasmFunctionType.Get([WasmValueType.I32], [WasmValueType.I32]), (caller, slots) =>
                {
                    if (slots[0] == 0)
                        caller.Wait("pending");
                    else
                        slots[0] = 1_000;
                })));
        Assert.That(instance.Call("f", 1), Is.EqualTo(1111));

        _compiled.Start(instance.GetFunction("f")!, 0);
        Assert.That(_compiled.Run().Status, Is.EqualTo(ExecutionStatus.Waiting));
        Assert.That(_compiled.Pending, Is.EqualTo("pending"));
        _compiled.CompleteWait(2_000);
        Assert.That(_compiled.Run().Status, Is.EqualTo(ExecutionStatus.Completed));
        Assert.That(_compiled.Results[0].AsInt32(), Is.EqualTo(2111));

        _compiled.Start(instance.GetFunction("f")!, 0);
        Assert.That(_compiled.Run().Status, Is.EqualTo(ExecutionStatus.Waiting));
        _compiled.FailWait("refused");
        Assert.That(_compiled.Run().Status, Is.EqualTo(ExecutionStatus.Trapped));
        Assert.That(_compiled.Trap!.Stack.Select(frame => frame.FunctionName), Is.EqualTo(new[] { "innermost", "inner", "outer" }));
    }

    [TestCase("i32.div_s", "i32", int.MinValue, -1)]
    [TestCase("i32.div_s", "i32", -7, 2)]
    [TestCase("i32.rem_s", "i32", int.MinValue, -1)]
    [TestCase("i32.rem_u", "i32", -7, 0)]
    [TestCase("i32.rotl", "i32", -7, 35)]
    [TestCase("i32.shr_s", "i32", -7, 33)]
    public void Operators_with_edges_are_as_in_the_interpreter(string name, string type, int left, int right) => Check(
        string.Create(CultureInfo.InvariantCulture, $"(module (func (export \"f\") (param {type} {type}) (result {type}) ({name} (local.get 0) (local.get 1))))"),
        left, right);

    // the JIT of .NET 10 does so wrongly
    [TestCase("i32.rotl", 0)]
    [TestCase("i32.rotr", 0)]
    [TestCase("i64.rotl", 0)]
    [TestCase("i64.rotr", 0)]
    [TestCase("i32.rotl", 5)]
    [TestCase("i64.rotr", 5)]
    public void Rotations_are_compared_with_zero(string rotation, int value)
    {
        string type = rotation[..3];
        string operand = type == "i32" ? "(local.get 0)" : "(i64.extend_i32_u (local.get 0))";
        string rotated = $"({rotation} {operand} ({type}.const 7))";
        Check($"""
            (module (func (export "f") (param i32) (result i32 i32 i32 {type} {type}) (local $single {type}) (local $count {type})
              (local.set $single {rotated})
              (local.set $count ({type}.const 9))
              (if (result i32) ({type}.ne {rotated} ({type}.const 0)) (then (i32.const 5)) (else (i32.const 6)))
              ({type}.eqz ({rotation} {operand} (local.get $count)))
              (select (i32.const 8) (i32.const 9) ({type}.eqz (local.get $single)))
              ({rotation} {operand} ({type}.const 0)) ({rotation} {operand} ({type}.const -1))))
            """, value);
    }

    [Test]
    public void Deep_expressions_are_compiled()
    {
        const int Depth = 5_000;
        Check($"""
            (module (func (export "f") (param i32) (result i32)
              (local.get 0)
              {string.Concat(Enumerable.Repeat("(i32.const 3) i32.add ", Depth / 10))}
              {string.Concat(Enumerable.Repeat("(local.get 0) ", Depth / 10))}
              {string.Concat(Enumerable.Repeat("i32.add ", Depth / 10))}))
            """, 1);
    }

    [Test]
    public unsafe void Sites_at_which_frames_go_on_often_get_code_of_their_own()
    {
        // sites at the function's entry, at headers of loops in each other, behind a call in them, and behind them
        WasmInstance instance = Check("""
            (module
              (func $f (export "f") (param $n i32) (result i64) (local $i i32) (local $sum i64) (local $mean f64)
                (loop $outer
                  (local.set $i (i32.const 3))
                  (loop $inner
                    (local.set $sum (i64.add (local.get $sum) (call $square (i64.extend_i32_u (i32.add (local.get $n) (local.get $i))))))
                    (local.set $mean (f64.div (f64.add (local.get $mean) (f64.convert_i64_u (local.get $sum))) (f64.const 2)))
                    (br_if $inner (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
                  (br_if $outer (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                (i64.xor (call $square (local.get $sum)) (i64.reinterpret_f64 (local.get $mean))))
              (func $square (param i64) (result i64) (i64.mul (local.get 0) (local.get 0))))
            """, 100);
        if (suspendAtEverySite)
            Assert.That(instance.GetFunction("f")!.Code->HotSites, Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public void A_NaN_of_arithmetic_is_canonical_where_its_bits_are_seen_and_any_other_is_kept() => Check("""
        (module
          (memory 1)
          (global $g (mut f64) (f64.const 0))
          (func $bits (param f64) (result i64) (i64.reinterpret_f64 (local.get 0)))
          (func (export "f") (param $n i32) (result i64 i64 i64 i64 i64 i64 i32) (local $sum f64) (local $copy f64) (local $kept f64) (local $mixed f64) (local $single f32)
            (f64.store (i32.const 0) (f64.reinterpret_i64 (i64.const 0xfff8000000000123)))
            (local.set $kept (f64.load (i32.const 0)))
            (local.set $mixed (f64.load (i32.const 0)))
            (loop $l
              (local.set $sum (f64.add (local.get $sum) (f64.sub (f64.const inf) (f64.const inf))))
              (local.set $copy (local.get $sum))
              (local.set $single (f32.div (local.get $single) (f32.const 0)))
              (if (i32.eq (local.get $n) (i32.const 1)) (then (local.set $mixed (f64.mul (local.get $mixed) (f64.const -0)))))
              (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
            (f64.store (i32.const 8) (local.get $sum))
            (global.set $g (select (local.get $sum) (f64.const 1) (i32.const 1)))
            (i64.load (i32.const 8))
            (i64.reinterpret_f64 (global.get $g))
            (call $bits (local.get $copy))
            (i64.reinterpret_f64 (f64.neg (local.get $copy)))
            (i64.reinterpret_f64 (local.get $kept))
            (i64.reinterpret_f64 (local.get $mixed))
            (i32.reinterpret_f32 (local.get $single))))
        """, 5);

    // the last page ends at 131,072 once it has grown
    [TestCase(131_068, 0)]
    [TestCase(131_069, 0)]
    [TestCase(130_944, 124)]
    [TestCase(130_945, 124)]
    [TestCase(130_943, 125)]
    [TestCase(130_944, 125)]
    [TestCase(-1, 0)]
    [TestCase(-4, 3)]
    [TestCase(65_536, 65_532)]
    [TestCase(65_536, 65_533)]
    [TestCase(0, 131_069)]
    public void Accesses_at_the_end_of_a_memory_are_as_in_the_interpreter(int address, int offset) => Check(
        string.Create(CultureInfo.InvariantCulture, $"""
        (module
          (memory 1)
          (func (export "f") (param i32) (result i32)
            (drop (memory.grow (i32.const 1)))
            (i32.store offset={offset} (local.get 0) (i32.const 7))
            (i32.add (i32.load offset={offset} (local.get 0)) (i32.load offset={offset} (i32.add (local.get 0) (i32.const 0))))))
        """), address);

    // a way around the first access, and a loop that changes one address and not the other
    [TestCase(65_532, 8, 0)]
    [TestCase(65_532, 8, 1)]
    [TestCase(65_533, 8, 0)]
    [TestCase(65_533, 8, 1)]
    [TestCase(8, 65_520, 1)]
    [TestCase(8, 65_524, 1)]
    public void What_has_been_checked_holds_on_every_way_or_is_checked_again(int first, int second, int skip) => Check("""
        (module
          (memory 1)
          (func (export "f") (param $first i32) (param $second i32) (param $skip i32) (result i32) (local $n i32) (local $sum i32)
            (block $over
              (br_if $over (local.get $skip))
              (local.set $sum (i32.load (local.get $first)))
              (drop (i32.load (local.get $second))))
            (local.set $sum (i32.add (local.get $sum) (i32.load8_u offset=3 (local.get $first))))
            (local.set $n (i32.const 4))
            (loop $l
              (local.set $sum (i32.add (local.get $sum) (i32.add (i32.load8_u offset=3 (local.get $first)) (i32.load (local.get $second)))))
              (local.set $second (i32.add (local.get $second) (i32.const 4)))
              (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
            (local.get $sum)))
        """, first, second, skip);

    [TestCase(100, 103, 20)]
    [TestCase(103, 100, 20)]
    [TestCase(65_536, 65_536, 0)]
    [TestCase(65_537, 0, 0)]
    [TestCase(65_530, 0, 6)]
    [TestCase(65_530, 0, 7)]
    [TestCase(0, 65_530, 7)]
    [TestCase(0, -1, 1)]
    [TestCase(0, 1, -1)]
    public void Short_copies_and_fills_are_as_in_the_interpreter(int target, int source, int count) => Check("""
        (module
          (memory 1)
          (data (i32.const 96) "abcdefghijklmnopqrstuvwxyz0123456789")
          (func (export "f") (param $target i32) (param $source i32) (param $count i32) (result i64 i64)
            (memory.copy (local.get $target) (local.get $source) (local.get $count))
            (i64.load (i32.const 108))
            (memory.fill (local.get $target) (local.get $source) (local.get $count))
            (i64.load (i32.const 108))))
        """, target, source, count);

    /// <summary>Calls "f" in both stores and compares results, trap, trace and fuel.</summary>
    private WasmInstance Check(string text, params WasmValue[] arguments)
    {
        WasmModule module = WasmModule.Parse(text);
        WasmInstance compiled = new WasmLinker().Instantiate(_compiled, module);
        WasmInstance interpreted = new WasmLinker().Instantiate(_interpreted, module);
        Assert.That(Run(compiled, arguments), Is.EqualTo(Run(interpreted, arguments)));
        Assert.That(_compiled.FuelUsed, Is.EqualTo(_interpreted.FuelUsed), "fuel");
        return compiled;
    }

    private static string Run(WasmInstance instance, WasmValue[] arguments)
    {
        instance.Store.Start(instance.GetFunction("f")!, arguments);
        return instance.Store.Run().Status == ExecutionStatus.Completed
            ? string.Join(' ', instance.Store.Results)
            : instance.Store.Trap!.ToString();
    }
}
