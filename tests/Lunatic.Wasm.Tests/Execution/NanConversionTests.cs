using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Execution;

/// <summary>Demotion and promotion keep what a NaN carries; arithmetic before them makes it canonical. The same interpreted and compiled.</summary>
[TestFixture(WasmExecutionMode.Interpreted)]
[TestFixture(WasmExecutionMode.Compiled)]
[TestFixture(WasmExecutionMode.Tiered)]
public class NanConversionTests(WasmExecutionMode mode)
{
    private const string Module = """
        (module
          (func (export "demote") (param i64) (result i32)
            (i32.reinterpret_f32 (f32.demote_f64 (f64.reinterpret_i64 (local.get 0)))))
          (func (export "promote") (param i32) (result i64)
            (i64.reinterpret_f64 (f64.promote_f32 (f32.reinterpret_i32 (local.get 0)))))
          (func (export "demote a sum") (param i64) (result i32)
            (i32.reinterpret_f32 (f32.demote_f64 (f64.add (f64.reinterpret_i64 (local.get 0)) (f64.const 1)))))
          (func (export "promote a sum") (param i32) (result i64)
            (i64.reinterpret_f64 (f64.promote_f32 (f32.add (f32.reinterpret_i32 (local.get 0)) (f32.const 1))))))
        """;

    [TestCase(0x7FF8_0000_2000_0000L, 0x7FC0_0001)]
    [TestCase(unchecked((long)0xFFF8_0000_4000_0000), unchecked((int)0xFFC0_0002))]
    [TestCase(0x7FF0_0000_2000_0000L, 0x7FC0_0001)]
    public void A_demoted_NaN_keeps_sign_and_upper_payload(long bits, int expected) => Assert.That(Call("demote", bits).AsInt32(), Is.EqualTo(expected));

    [TestCase(0x7FC0_0001, 0x7FF8_0000_2000_0000L)]
    [TestCase(unchecked((int)0xFFC0_0002), unchecked((long)0xFFF8_0000_4000_0000))]
    [TestCase(0x7F80_0001, 0x7FF8_0000_2000_0000L)]
    public void A_promoted_NaN_keeps_sign_and_payload(int bits, long expected) => Assert.That(Call("promote", bits).AsInt64(), Is.EqualTo(expected));

    [Test]
    public void A_NaN_of_arithmetic_is_canonical_before_it_is_converted()
    {
        Assert.That(Call("demote a sum", unchecked((long)0xFFF8_0000_4000_0000)).AsInt32(), Is.EqualTo(0x7FC0_0000));
        Assert.That(Call("promote a sum", unchecked((int)0xFFC0_0002)).AsInt64(), Is.EqualTo(0x7FF8_0000_0000_0000L));
    }

    private WasmValue Call(string function, WasmValue argument)
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        return TestInstance.Create(store, Module).Invoke(function, argument)[0];
    }
}
