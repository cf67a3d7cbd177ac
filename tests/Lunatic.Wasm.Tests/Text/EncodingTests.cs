namespace Lunatic.Wasm.Tests.Text;

public sealed class EncodingTests : TextTestBase
{
    private const string Header = "0061736d01000000";

    [TestCase("(module)", "")]
    [TestCase("", "")]
    [TestCase("(func)", "01040160000003020100" + "0a040102000b")]
    [TestCase("(module (type (func (param i32) (result i64 f32))))", "01070160017f027e7d")]
    [TestCase("(memory 1 2)", "050401010102")]
    [TestCase("(memory (data \"ab\" \"\\63\"))", "050401010101" + "0b09010041000b03616263")]
    [TestCase("(table 3 externref)", "0404016f0003")]
    [TestCase("(global (mut i64) (i64.const -1))", "06060 17e01427f0b")]
    [TestCase("(import \"m\" \"n\" (global f64))", "02080 1016d016e037c00")]
    public void A_module_becomes_these_sections(string text, string sections) =>
        Assert.That(Hex(text), Is.EqualTo(Header + sections.Replace(" ", "", StringComparison.Ordinal)));

    [TestCase("(i32.add (i32.const 1) (i32.const 2)) drop", "i32.const 1 i32.const 2 i32.add drop")]
    [TestCase("(if (i32.const 1) (then nop) (else (nop) nop))", "i32.const 1 if nop else nop nop end")]
    [TestCase("(if (result i32) (i32.const 1) (then (i32.const 2)) (else (i32.const 3))) drop", "i32.const 1 if (result i32) i32.const 2 else i32.const 3 end drop")]
    [TestCase("(block $a (loop $b (br $a) (br $b)))", "block loop br 1 br 0 end end")]
    [TestCase("(block $a (block $a (br $a)) (br $a))", "block block br 0 end br 0 end")]
    [TestCase("(block $a (if (block (br $a) (i32.const 0)) (then (br $a))))", "block block br 1 i32.const 0 end if br 1 end end")]
    [TestCase("(drop (call_indirect (param i32) (result i32) (i32.const 1) (i32.const 0)))", "i32.const 1 i32.const 0 call_indirect 0 (param i32) (result i32) drop")]
    [TestCase("(drop (select (result i32) (i32.const 1) (i32.const 2) (i32.const 3)))", "i32.const 1 i32.const 2 i32.const 3 select (result i32) drop")]
    public void Folded_instructions_mean_the_same_as_plain_ones(string folded, string plain) =>
        Assert.That(Hex($"(table 1 funcref) (func {folded})"), Is.EqualTo(Hex($"(table 1 funcref) (func {plain})")));

    [TestCase("(memory $m 1) (func (param v128) (v128.store8_lane $m 5 (i32.const 0) (local.get 0)))", "(memory 1) (func (param v128) i32.const 0 local.get 0 v128.store8_lane 5)")]
    [TestCase("(memory 1) (func (param v128) (v128.store8_lane 0 offset=9 5 (i32.const 0) (local.get 0)))", "(memory 1) (func (param v128) i32.const 0 local.get 0 v128.store8_lane offset=9 align=1 5)")]
    [TestCase("(memory 1) (func (param v128) (v128.store8_lane 0 5 (i32.const 0) (local.get 0)))", "(memory 1) (func (param v128) i32.const 0 local.get 0 v128.store8_lane 5)")]
    [TestCase("(func (drop (v128.const i16x8 -1 65535 1 2 3 4 5 6)))", "(func v128.const i32x4 -1 0x00020001 0x00040003 0x00060005 drop)")]
    [TestCase("(func (drop (v128.const f32x4 1 -0 nan inf)))", "(func v128.const i32x4 0x3f800000 0x80000000 0x7fc00000 0x7f800000 drop)")]
    [TestCase("(func (export \"a\") (export \"b\"))", "(func) (export \"a\" (func 0)) (export \"b\" (func 0))")]
    [TestCase("(func (export \"a\") (import \"m\" \"n\") (param i32))", "(import \"m\" \"n\" (func (param i32))) (export \"a\" (func 0))")]
    [TestCase("(table funcref (elem 0 0)) (func)", "(table 2 2 funcref) (elem (table 0) (i32.const 0) func 0 0) (func)")]
    [TestCase("(func (type 0)) (type (func))", "(type (func)) (func)")]
    [TestCase("(func (local i32 i32) (local i64))", "(func (local i32) (local i32) (local i64))")]
    [TestCase("(memory 1) (data (offset (i32.const 4)) \"x\")", "(memory 1) (data (i32.const 4) \"x\")")]
    [TestCase("(@a (b \")\" (c))) (func (@x) nop)", "(func nop)")]
    [TestCase("(module quote \"(func \" \"nop)\")", "(func nop)")]
    [TestCase("(module binary \"\\00asm\" \"\\01\\00\\00\\00\")", "(module)")]
    public void An_abbreviation_means_the_same_as_its_long_form(string abbreviated, string full) =>
        Assert.That(Hex(abbreviated), Is.EqualTo(Hex(full)));

    [Test]
    public void Implied_types_come_after_all_that_are_written() =>
        Assert.That(
            Hex("(func (param i32)) (type (func (result i32))) (func (result i32)) (func (param i32))"),
            Is.EqualTo(Header + "0109026000017f60017f00" + "030403010001" + "0a0a0302000b02000b02000b"));

    [Test]
    public void A_data_count_is_written_only_for_code_that_needs_it()
    {
        Assert.That(Hex("(memory 1) (data \"x\") (func)"), Does.Not.Contain("0c0101"));
        Assert.That(Hex("(memory 1) (data \"x\") (func data.drop 0)"), Does.Contain("0c0101"));
    }

    [Test]
    public void Identifiers_become_the_name_section()
    {
        string names = Hex("(module $m (func $f (param $x i32) (local i64) (local $y f32)) (func) (func $\"g h\"))");

        Assert.That(names, Does.EndWith("00" + "1f" + "046e616d65" + "0002016d" + "0109" + "02" + "000166" + "0203672068" + "0209" + "01" + "00" + "02" + "000178" + "020179"));
    }
}
