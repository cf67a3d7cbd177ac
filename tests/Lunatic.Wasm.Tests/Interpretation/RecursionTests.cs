using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Interpretation;

[TestFixture(WasmExecutionMode.Interpreted)]
[TestFixture(WasmExecutionMode.Compiled)]
[TestFixture(WasmExecutionMode.Tiered)]
public class RecursionTests(WasmExecutionMode mode)
{
    private const string Sum = """
        (module
          (func $sum (export "sum") (param i32) (result i32)
            (if (result i32) (i32.eqz (local.get 0))
              (then (i32.const 0))
              (else (i32.add (i32.const 1) (call $sum (i32.sub (local.get 0) (i32.const 1))))))))
        """;

    [Test]
    public void A_million_calls_deep_works()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Sum);
        Assert.That(instance.Call("sum", 1_000_000), Is.EqualTo(1_000_000));
    }

    [Test]
    public void Endless_recursion_exhausts_the_frame_limit_and_the_trace_keeps_both_ends()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode, MaxFrameBytes = 1 << 20 });
        WasmInstance instance = TestInstance.Create(store, """
            (module
              (func $down (call $down))
              (func $first (export "first") (call $down)))
            """);
        WasmTrap trap = Assert.Throws<WasmTrapException>(() => instance.Invoke("first")).Trap;
        Assert.That(trap.Reason, Is.EqualTo(TrapReason.CallStackExhausted));
        Assert.That(trap.Stack, Has.Length.EqualTo(WasmTrap.InnermostFrames + WasmTrap.OutermostFrames));
        Assert.That(trap.Stack[0].FunctionName, Is.EqualTo("down"));
        Assert.That(trap.Stack[^1].FunctionName, Is.EqualTo("first"));
        Assert.That(trap.OmittedFrames, Is.GreaterThan(10_000));
        Assert.That(trap.ToString(), Does.Contain($"... {trap.OmittedFrames} more"));
    }

    [Test]
    public void The_store_is_usable_after_the_stack_was_exhausted()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode, MaxFrameBytes = 64 << 10 });
        WasmInstance instance = TestInstance.Create(store, Sum);
        Assert.Throws<WasmTrapException>(() => instance.Invoke("sum", 100_000));
        Assert.That(instance.Call("sum", 100), Is.EqualTo(100));
    }

    [Test]
    public void More_results_than_locals_come_back_whole()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, """
            (module
              (func $many (result i32 i32 i32 i32 i32 i32 i32 i32)
                (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8))
              (func (export "f") (result i32 i32 i32 i32 i32 i32 i32 i32) (call $many)))
            """);
        Assert.That(instance.Invoke("f").Select(value => value.AsInt32()), Is.EqualTo(Enumerable.Range(1, 8)));
    }
}
