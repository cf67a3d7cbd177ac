using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Execution;

/// <summary>Vectors in frames, between compiled and interpreted code: everything is as if the interpreter had executed all.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class CompiledVectorTests(bool suspendAtEverySite)
{
    // more locals than the compiler takes, so that a function with them stays interpreted
    private static readonly string Large = $"(local {string.Join(' ', Enumerable.Repeat("i64", 1_001))})";

    [Test]
    public void Vectors_take_two_slots_of_locals_operands_and_results() => Check("""
        (module
          (global $g (mut v128) (v128.const i64x2 5 6))
          (func $mix (param i32 v128 i64 v128 f32) (result v128 i32 v128 f64)
            (i64x2.add (local.get 1) (local.get 3)) (local.get 0) (local.get 3) (f64.promote_f32 (local.get 4)))
          (func (export "f") (param $n i32) (result i64 v128 i64 v128 i32 f64) (local $a v128) (local $b i32) (local $c v128) (local $d f64)
            (i64.const 11)
            (v128.const i64x2 1 2)
            (loop $l (result i64)
              (call $mix (local.get $n) (local.get $a) (i64.const 7) (v128.const i32x4 1 2 3 4) (f32.const 1.5))
              (local.set $d) (local.set $c) (local.set $b) (local.set $a)
              (global.set $g (i64x2.add (global.get $g) (local.get $c)))
              (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))
              (i64x2.extract_lane 1 (i64x2.add (local.get $a) (global.get $g))))
            (local.get $a) (local.get $b) (local.get $d)))
        """, 7);

    [Test]
    public void Vectors_pass_between_both_kinds_of_code_and_through_tables() => Check($$"""
        (module
          (type $t (func (param v128 i32) (result v128)))
          (table funcref (elem $compiled $interpreted))
          (func $compiled (param v128 i32) (result v128)
            (i32x4.replace_lane 2 (i32x4.add (local.get 0) (local.get 0)) (local.get 1)))
          (func $interpreted (param v128 i32) (result v128) {{Large}}
            (call $compiled (local.get 0) (i32.add (local.get 1) (i32.const 1))))
          (func (export "f") (param v128) (result v128 v128 v128)
            (call $interpreted (local.get 0) (i32.const 5))
            (call_indirect (type $t) (local.get 0) (i32.const 6) (i32.const 0))
            (call_indirect (type $t) (local.get 0) (i32.const 7) (i32.const 1))))
        """, WasmValue.FromVector(new UInt128(0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(9)]
    public void Branches_drop_and_carry_vectors(int selector) => Check("""
        (module
          (func $one (result i32) (i32.const 1))
          (func (export "f") (param i32) (result v128 i64) (local i64 v128)
            (v128.const i64x2 1 1)
            (i64.const 2)
            (block $out (result v128 i64)
              (v128.const i64x2 3 3)
              (i64.const 4)
              (block $in (result v128 i64)
                (v128.const i64x2 5 5) (f32.const 6) (i32.const 0)
                (i64x2.splat (i64.extend_i32_u (call $one)))
                (i64.const 8)
                (br_table $in $out $in $out (local.get 0)))
              (br_if $out (i32.eq (local.get 0) (i32.const 2)))
              (local.set 1) (local.set 2) drop drop (local.get 2) (local.get 1))
            (local.set 1) (local.set 2) drop drop (local.get 2) (local.get 1)))
        """, selector);

    [TestCase(0)]
    [TestCase(1)]
    public void Select_chooses_vectors(int condition) => Check("""
        (module (func (export "f") (param i32) (result v128 v128)
          (select (v128.const i64x2 1 2) (i64x2.splat (i64.extend_i32_u (local.get 0))) (local.get 0))
          (v128.const i64x2 1 2) drop
          (v128.bitselect (v128.const i64x2 1 2) (v128.const i64x2 -1 4) (i64x2.splat (i64.extend_i32_u (local.get 0))))))
        """, condition);

    [TestCase(65_520)]
    [TestCase(65_521)]
    [TestCase(65_528)]
    [TestCase(65_535)]
    [TestCase(-1)]
    public void Accesses_beyond_the_memory_trap_where_the_interpreter_says(int address)
    {
        foreach (string access in new[]
            {
                "(drop (v128.load offset=0 (local.get 0)))", "(v128.store (local.get 0) (v128.const i64x2 1 2))",
                "(drop (v128.load8x8_u (local.get 0)))", "(drop (v128.load32_splat (local.get 0)))", "(drop (v128.load64_zero (local.get 0)))",
                "(v128.store16_lane 7 (local.get 0) (v128.const i64x2 1 2))", "(drop (v128.load32_lane 3 (local.get 0) (v128.const i64x2 1 2)))",
            })
        {
            Check($$"""
                (module (memory 1)
                  (func $deep (param i32) (v128.store (i32.const 0) (v128.const i64x2 7 7)) {{access}})
                  (func (export "f") (param i32) (result v128 v128)
                    (v128.const i64x2 3 4) (call $deep (local.get 0)) (v128.load (i32.const 8))))
                """, address);
        }
    }

    [Test]
    public void Arithmetic_yields_the_one_NaN_wherever_its_bits_can_be_seen() => Check("""
        (module
          (memory 1)
          (global $g (mut v128) (v128.const i64x2 0 0))
          (func (export "f") (param v128 v128) (result v128 v128 i32 v128 v128 v128) (local v128)
            (local.set 2 (f32x4.mul (f32x4.add (local.get 0) (local.get 1)) (f32x4.sub (local.get 0) (local.get 1))))
            (v128.store (i32.const 0) (f32x4.div (local.get 0) (local.get 1)))
            (global.set $g (f64x2.sqrt (f64x2.min (local.get 0) (f32x4.max (local.get 1) (local.get 0)))))
            (local.get 2) (v128.load (i32.const 0))
            (i32x4.extract_lane 1 (f32x4.nearest (local.get 1)))
            (global.get $g)
            (f32x4.neg (f32x4.floor (local.get 0)))
            (f64x2.add (f32x4.mul (local.get 0) (local.get 1)) (f64x2.mul (local.get 0) (local.get 1)))))
        """,
        WasmValue.FromVector(new UInt128(0x7FA0_0001_FFC0_1234, 0x7F80_0000_7FA1_2345)), WasmValue.FromVector(new UInt128(0xFF80_0000_3F80_0000, 0x7FF0_0000_0000_0001)));

    // the larger ones call the operators as methods, for want of room
    [TestCase(150)]
    [TestCase(300)]
    public void Large_functions_are_compiled(int statements) => Check($$"""
        (module (memory 1) (func (export "f") (param v128) (result v128) (local $a v128)
          {{string.Concat(Enumerable.Range(0, statements).Select(i => $"""
            (local.set $a (f32x4.add (i32x4.add (local.get $a) (i16x8.mul (local.get 0) (v128.load offset={16 * i} (i32.const 0))))
              (i8x16.avgr_u (local.get $a) (local.get 0))))
            """))}}
          (local.get $a)))
        """, WasmValue.FromVector(new UInt128(0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)));

    /// <summary>Calls "f" in both kinds of store and compares results or trap and trace, and fuel.</summary>
    private void Check(string text, params WasmValue[] arguments)
    {
        WasmModule module = WasmModule.Parse(text);
        using var compiledStore = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Compiled }) { SuspendAtEverySite = suspendAtEverySite };
        using var interpretedStore = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Interpreted });
        WasmInstance compiled = new WasmLinker().Instantiate(compiledStore, module);
        WasmInstance interpreted = new WasmLinker().Instantiate(interpretedStore, module);
        Assert.That(Run(compiled, arguments), Is.EqualTo(Run(interpreted, arguments)), text);
        Assert.That(compiledStore.FuelUsed, Is.EqualTo(interpretedStore.FuelUsed), "fuel");
        unsafe
        {
            Assert.That(compiled.GetFunction("f")!.Code->CompiledEntry, Is.Not.Zero, "it is compiled");
        }
    }

    private static string Run(WasmInstance instance, WasmValue[] arguments)
    {
        instance.Store.Start(instance.GetFunction("f")!, arguments);
        return instance.Store.Run().Status == ExecutionStatus.Completed
            ? string.Join(' ', instance.Store.Results)
            : instance.Store.Trap!.ToString();
    }
}
