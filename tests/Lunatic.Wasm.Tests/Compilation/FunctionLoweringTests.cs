using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Tests.Compilation;

[TestFixture]
public class FunctionLoweringTests : LoweringTestBase
{
    [Test]
    public void A_body_ends_with_return_and_its_operators_are_charged_at_entry() => Assert.That(
        Lower("(func (param i32) (result i32) nop local.get 0 i32.const 1 i32.add)"),
        Is.EqualTo("""
            0 Enter 3
            1 LocalGet 0
            2 I32Const 1
            3 I32Add
            4 Return
            """));

    [Test]
    public void A_loop_is_charged_by_its_header_and_branches_go_back_to_it() => Assert.That(
        Lower("(func (param i32) local.get 0 drop (loop (br_if 0 (local.get 0))) local.get 0 drop)"),
        Is.EqualTo("""
            0 Enter 2
            1 LocalGet 0
            2 Drop
            3 LoopHeader 2
            4 LocalGet 0
            5 JumpIf 3
            6 LocalGet 0
            7 Drop
            8 Return
            """));

    [Test]
    public void If_and_else_become_jumps() => Assert.That(
        Lower("(func (param i32) (result i32) (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))))"),
        Is.EqualTo("""
            0 Enter 4
            1 LocalGet 0
            2 JumpIfZero 5
            3 I32Const 1
            4 Jump 6
            5 I32Const 2
            6 Return
            """));

    [Test]
    public void An_if_without_else_keeps_its_parameters() => Assert.That(
        Lower("(func (param i32) (result i32) i32.const 7 local.get 0 (if (param i32) (result i32) (then (i32.const 1) i32.add)))"),
        Is.EqualTo("""
            0 Enter 5
            1 I32Const 7
            2 LocalGet 0
            3 JumpIfZero 6
            4 I32Const 1
            5 I32Add
            6 Return
            """));

    [Test]
    public void A_branch_carries_its_operands_over_those_it_drops() => Assert.That(
        Lower("(func (result i32) (block (result i32) i32.const 1 i32.const 2 i32.const 3 br 0))"),
        Is.EqualTo("""
            0 Enter 4
            1 I32Const 1
            2 I32Const 2
            3 I32Const 3
            4 JumpUnwinding 5 carry 1 drop 2
            5 Return
            """));

    [Test]
    public void A_branch_to_the_function_returns_and_a_conditional_one_goes_to_its_end() => Assert.That(
        Lower("(func (param i32) (result i32) i32.const 1 i32.const 2 local.get 0 br_if 0 drop (block (param i32) (result i32) br 1))"),
        Is.EqualTo("""
            0 Enter 5
            1 I32Const 1
            2 I32Const 2
            3 LocalGet 0
            4 JumpIfUnwinding 7 carry 1 drop 1
            5 Drop
            6 Return
            7 Return
            """));

    [Test]
    public void A_table_of_branches_is_followed_by_its_jumps_the_default_last() => Assert.That(
        Lower("(func (param i32) (loop (block local.get 0 br_table 0 1 2)))"),
        Is.EqualTo("""
            0 Enter 0
            1 LoopHeader 2
            2 LocalGet 0
            3 JumpTable 2
            4 Jump 7
            5 Jump 1
            6 Jump 7
            7 Return
            """));

    [Test]
    public void What_control_cannot_reach_is_left_out_and_costs_nothing() => Assert.That(
        Lower("(func (result i32) (block (loop br 0) i32.const 1 drop) unreachable i32.const 5 (loop (br 0)))"),
        Is.EqualTo("""
            0 Enter 0
            1 LoopHeader 1
            2 Jump 1
            """));

    [Test]
    public void Calls_are_told_apart_and_carry_what_they_need()
    {
        string code = Lower("""
            (import "m" "f" (func)) (table 1 funcref) (type $t (func (param i64 i64)))
            (func $own)
            (func call 0 call $own i64.const 1 i64.const 2 i32.const 3 call_indirect (type $t))
            """);
        long canonical = WasmFunctionType.Get([WasmValueType.I64, WasmValueType.I64], []).Id;
        Assert.That(code, Does.Contain("1 CallImport 0\n2 CallDefined 0\n").And.EndWith($"6 CallIndirect 0 {(2L << 32) | canonical}\n7 Return"));
    }

    [Test]
    public void Bulk_operators_carry_both_their_indices() => Assert.That(
        Lower("""
            (memory 1) (table 1 funcref) (table $two 1 funcref) (data "a") (data $d "b") (elem $e funcref)
            (func
              (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0))
              (table.init $two $e (i32.const 0) (i32.const 0) (i32.const 0))
              (table.copy $two 0 (i32.const 0) (i32.const 0) (i32.const 0)))
            """),
        Does.Contain("4 MemoryInit 1 0").And.Contain("8 TableInit 0 1").And.Contain("12 TableCopy 1 0"));

    [Test]
    public void A_vector_takes_two_slots_and_its_sixteen_bytes_two_instructions() => Assert.That(
        Lower("""
            (memory 1) (global $g (mut v128) (v128.const i64x2 0 0))
            (func (param i32 v128 i32) (result v128)
              (global.set $g (v128.const i64x2 1 2))
              (local.set 1 (select (local.get 1) (global.get $g) (local.get 2)))
              (drop (v128.load8_lane offset=7 3 (local.get 0) (local.get 1)))
              (block (result v128) (i32.const 5) (local.tee 1 (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (local.get 1) (local.get 1))) (br 0)))
            """),
        Is.EqualTo("""
            0 Enter 16
            1 V128Const 0 1
            2 HighHalf 0 2
            3 GlobalSet2
            4 LocalGet2 1 0
            5 GlobalGet2
            6 LocalGet 3
            7 Select2
            8 LocalSet2 1 0
            9 LocalGet 0
            10 LocalGet2 1 0
            11 V128Load8Lane 0 7 lane 3
            12 Drop2
            13 I32Const 5
            14 LocalGet2 1 0
            15 LocalGet2 1 0
            16 I8x16Shuffle 0 506097522914230528
            17 HighHalf 0 2237740410225690888
            18 LocalTee2 1 0
            19 JumpUnwinding 20 carry 2 drop 1
            20 Return
            """));

    [Test]
    public void Every_instruction_knows_its_offset_and_the_operand_stack_its_height()
    {
        ModuleDefinition module = Module("(func (param i32) (local i64) i32.const 1 i32.const 2 i32.const 3 drop drop drop)");
        LoweredFunction function = FunctionLowering.Lower(module, 0);
        int code = module.Functions[0].BodyStart + 3;
        Assert.Multiple(() =>
        {
            Assert.That(function.Offsets, Is.EqualTo(new[] { code, code, code + 2, code + 4, code + 6, code + 7, code + 8, code + 9 }));
            Assert.That(function.OperandSlots, Is.EqualTo(3));
            Assert.That(function.LocalSlots, Is.EqualTo(2));
        });
    }
}
