using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Hosting;

[TestFixture(false, WasmExecutionMode.Interpreted)]
[TestFixture(true, WasmExecutionMode.Interpreted)]
[TestFixture(false, WasmExecutionMode.Compiled)]
[TestFixture(true, WasmExecutionMode.Compiled)]
[TestFixture(false, WasmExecutionMode.Tiered)]
[TestFixture(true, WasmExecutionMode.Tiered)]
public class GuestCallTests(bool suspendAtEverySite, WasmExecutionMode mode)
{
    // try(n): calls inner(n) as a guest call; inner traps for 0, calls try(n - 1) for others and adds 1
    private const string Nested = """
        (module
          (import "host" "try" (func $try (param i32) (result i32)))
          (func (export "inner") (param i32) (result i32)
            (if (i32.eqz (local.get 0)) (then unreachable))
            (i32.add (i32.const 1) (call $try (i32.sub (local.get 0) (i32.const 1)))))
          (func (export "outer") (param i32) (result i32) (i32.add (i32.const 1000) (call $try (local.get 0)))))
        """;

    private WasmStore _store = null!;

    [SetUp]
    public void CreateStore() => _store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode })
    {
        SuspendAtEverySite = suspendAtEverySite,
        TierSwitches = mode == WasmExecutionMode.Tiered ? new Random(1) : null,
    };

    [TearDown]
    public void DisposeStore() => _store.Dispose();

    [Test]
    public void Guest_and_host_call_each_other_to_any_depth_and_a_trap_is_caught_at_the_innermost()
    {
        WasmInstance instance = Create(new Continuation { Catches = true });
        // inner(0) traps, its caller gets -1 for it; then one more per level
        Assert.That(instance.Call("outer", 50_000), Is.EqualTo(1000 - 1 + 50_000));
    }

    [Test]
    public void A_trap_that_nobody_catches_shows_all_frames_between_the_hosts()
    {
        WasmInstance instance = Create(new Continuation());
        WasmTrap trap = Assert.Throws<WasmTrapException>(() => instance.Invoke("outer", 2)).Trap;
        Assert.That(trap.Reason, Is.EqualTo(TrapReason.Unreachable));
        Assert.That(trap.Stack.Select(frame => frame.FunctionName), Is.EqualTo(new[] { "inner", "inner", "inner", "outer" }));
        Assert.That(instance.Module.Exports, Has.Count.EqualTo(2));
        Assert.That(_store.IsIdle, Is.True);
    }

    [Test]
    public void A_trap_gives_the_offsets_of_operators_in_the_module()
    {
        WasmInstance instance = Create(new Continuation());
        WasmTrap trap = Assert.Throws<WasmTrapException>(() => instance.Invoke("outer", 1)).Trap;
        ReadOnlySpan<byte> bytes = instance.Module.Definition.Bytes.Span;
        Assert.That(bytes[trap.Stack[0].Offset], Is.EqualTo(0x00), "unreachable");
        Assert.That(bytes[trap.Stack[1].Offset], Is.EqualTo(0x10), "call");
        Assert.That(bytes[trap.Stack[2].Offset], Is.EqualTo(0x10), "call");
    }

    [Test]
    public void An_exception_of_a_continuation_is_a_trap_at_the_call()
    {
        WasmInstance instance = Create(new Continuation { Catches = true, Fails = true });
        var exception = Assert.Throws<WasmTrapException>(() => instance.Invoke("outer", 0));
        Assert.That(exception.InnerException, Is.InstanceOf<InvalidDataException>());
        Assert.That(exception.Trap.Stack.Single().FunctionName, Is.EqualTo("outer"));
    }

    [Test]
    public void A_continuation_may_wait()
    {
        WasmInstance instance = Create(new Continuation { Catches = true, Waits = true });
        _store.Start(instance.GetFunction("outer")!, 0);
        Assert.That(_store.Run().Status, Is.EqualTo(ExecutionStatus.Waiting));
        _store.CompleteWait(77);
        Assert.That(_store.Run().Status, Is.EqualTo(ExecutionStatus.Completed));
        Assert.That(_store.Results[0].AsInt32(), Is.EqualTo(1077));
    }

    private WasmInstance Create(Continuation continuation)
    {
        WasmFunctionType type = WasmFunctionType.Get([WasmValueType.I32], [WasmValueType.I32]);
        WasmLinker linker = new WasmLinker().Define("host", "try", new WasmHostFunction(type, (caller, slots) =>
            caller.CallGuest(caller.Instance.GetFunction("inner")!, slots, continuation)));
        return TestInstance.Create(_store, Nested, linker);
    }

    private sealed class Continuation : GuestCall
    {
        public bool Catches { get; init; }

        public bool Waits { get; init; }

        public bool Fails { get; init; }

        protected internal override void Returned(WasmCaller caller, ReadOnlySpan<ulong> results, Span<ulong> slots) => slots[0] = results[0];

        protected internal override bool Caught(WasmCaller caller, WasmTrap trap, Span<ulong> slots)
        {
            if (Fails)
                throw new InvalidDataException("failed in Caught");
            if (Waits)
                caller.Wait();
            slots[0] = unchecked((ulong)-1);
            return Catches;
        }
    }
}
