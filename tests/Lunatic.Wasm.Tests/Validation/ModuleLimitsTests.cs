using Lunatic.Wasm.Binary;

namespace Lunatic.Wasm.Tests.Validation;

/// <summary>Modules that claim or hold too much, and what loading them costs.</summary>
[TestFixture]
public class ModuleLimitsTests
{
    [TestCase(1, TestName = "Four_billion_types_allocate_nothing")]
    [TestCase(3, TestName = "Four_billion_functions_allocate_nothing")]
    [TestCase(9, TestName = "Four_billion_element_segments_allocate_nothing")]
    [TestCase(11, TestName = "Four_billion_data_segments_allocate_nothing")]
    public void A_count_beyond_the_bytes_allocates_nothing(int section)
    {
        byte[] bytes = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, (byte)section, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<WasmMalformedException>(() => WasmModule.LoadBinary(bytes));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100_000));
    }

    [Test]
    public void Locals_are_limited()
    {
        // one function with a declaration of 50,001 locals
        byte[] bytes = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 1, 0xD1, 0x86, 0x03, 0x7F, 0x0B];
        Assert.That(() => WasmModule.LoadBinary(bytes), Throws.TypeOf<WasmMalformedException>().With.Message.StartsWith("too many locals"));
    }

    [Test]
    public void Blocks_within_blocks_are_limited()
    {
        byte[] body = [0, .. Enumerable.Repeat(new byte[] { 0x02, 0x40 }, ModuleLimits.Nesting + 1).SelectMany(block => block), .. Enumerable.Repeat((byte)0x0B, ModuleLimits.Nesting + 2)];
        Assert.That(() => WasmModule.LoadBinary(OneFunction(body)), Throws.TypeOf<WasmMalformedException>().With.Message.StartsWith("too many blocks"));
    }

    [Test]
    public void Many_functions_with_many_locals_cost_no_more_than_their_bytes()
    {
        const int count = 200_000;
        byte[] body = [6, 1, 0xD0, 0x86, 0x03, 0x7F, 0x0B];
        byte[] functions = [.. Leb(count), .. new byte[count]];
        byte[] code = [.. Leb(count), .. Enumerable.Repeat(body, count).SelectMany(bytes => bytes)];
        byte[] module = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, .. Leb(functions.Length), .. functions, 10, .. Leb(code.Length), .. code];
        // with an array of all locals for each function this would take a minute
        Assert.That(Task.Run(() => WasmModule.LoadBinary(module)).Wait(TimeSpan.FromSeconds(20)), Is.True, "200,000 functions were not validated within 20 seconds");
    }

    [Test]
    public void Branches_that_carry_a_thousand_operands_do_not_cost_a_thousand_steps_each()
    {
        const int results = 1_000;
        const int branches = 1_000_000;
        byte[] constants = [.. Enumerable.Repeat(new byte[] { 0x41, 0 }, results).SelectMany(bytes => bytes)];
        byte[] body = [0, .. constants, .. Enumerable.Repeat(new byte[] { 0x41, 0, 0x0D, 0 }, branches).SelectMany(bytes => bytes), 0x0B];
        byte[] type = [1, 0x60, 0, .. Leb(results), .. Enumerable.Repeat((byte)0x7F, results)];
        // one by one these would be four thousand million steps
        Assert.That(Task.Run(() => WasmModule.LoadBinary(OneFunction(body, type))).Wait(TimeSpan.FromSeconds(10)), Is.True, "not validated within 10 seconds");
    }

    [TestCase("(func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i64)", "", true)]
    [TestCase("(func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)", "", false)]
    [TestCase("(func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i64)", "drop unreachable i64.const 1", true)]
    [TestCase("(func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i64)", "drop unreachable i32.const 1", false)]
    [TestCase("(func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i64)", "i32.const 1 br_if 0", true)]
    [TestCase("(func (result i64 i32 i32 i32 i32 i32 i32 i32 i32 i64)", "i32.const 1 br_if 0", false)]
    public void Long_lists_of_operands_are_checked_like_short_ones(string head, string tail, bool isValid)
    {
        string constants = string.Concat(Enumerable.Repeat("i32.const 0 ", 9)) + "i64.const 0 ";
        Assert.That(
            () => WasmModule.Parse($"(module {head} {constants} {tail}))"),
            isValid ? Throws.Nothing : Throws.TypeOf<WasmInvalidException>().With.Message.StartsWith("type mismatch"));
    }

    private static byte[] OneFunction(byte[] body) => OneFunction(body, [1, 0x60, 0, 0]);

    private static byte[] OneFunction(byte[] body, byte[] types)
    {
        byte[] code = [1, .. Leb(body.Length), .. body];
        return [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, .. Leb(types.Length), .. types, 3, 2, 1, 0, 10, .. Leb(code.Length), .. code];
    }

    private static byte[] Leb(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
