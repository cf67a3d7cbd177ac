using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Hosting;

[TestFixture(WasmExecutionMode.Interpreted)]
[TestFixture(WasmExecutionMode.Compiled)]
[TestFixture(WasmExecutionMode.Tiered)]
public class HostFunctionTests(WasmExecutionMode mode)
{
    private const string CallsF = """
        (module
          (import "host" "f" (func $f (param i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "twice") (param i32) (result i32) (i32.add (call $f (local.get 0)) (call $f (i32.const 100)))))
        """;

    private static readonly WasmFunctionType IntToInt = WasmFunctionType.Get([WasmValueType.I32], [WasmValueType.I32]);

    [Test]
    public void Delegates_take_and_give_values_of_every_type()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        object token = new();
        WasmLinker linker = new WasmLinker()
            .Define("h", "mix", (int a, uint b, long c, ulong d, float e, double f) => a + b + c + (double)d + e + f)
            .Define("h", "bool", (bool value) => !value)
            .Define("h", "token", () => token)
            .Define("h", "same", (object? value) => ReferenceEquals(value, token))
            .Define("h", "pair", (int a) => (a + 1, (long)a * 2))
            .Define("h", "vector", (int a, UInt128 b, int c) => (b + 1, a + c, ~b));
        WasmInstance instance = TestInstance.Create(store, """
            (module
              (import "h" "mix" (func $mix (param i32 i32 i64 i64 f32 f64) (result f64)))
              (import "h" "bool" (func $bool (param i32) (result i32)))
              (import "h" "token" (func $token (result externref)))
              (import "h" "same" (func $same (param externref) (result i32)))
              (import "h" "pair" (func $pair (param i32) (result i32 i64)))
              (import "h" "vector" (func $vector (param i32 v128 i32) (result v128 i32 v128)))
              (func (export "mix") (result f64)
                (call $mix (i32.const -1) (i32.const -1) (i64.const -2) (i64.const 3) (f32.const 0.5) (f64.const 0.25)))
              (func (export "bool") (param i32) (result i32) (call $bool (local.get 0)))
              (func (export "token") (result i32) (call $same (call $token)))
              (func (export "pair") (param i32) (result i32 i64) (call $pair (local.get 0)))
              (func (export "vector") (param v128) (result v128 i32 v128) (call $vector (i32.const 3) (local.get 0) (i32.const 4))))
            """, linker);
        Assert.That(instance.Invoke("mix")[0].AsDouble(), Is.EqualTo(-1 + 4294967295.0 - 2 + 3 + 0.5 + 0.25));
        Assert.That(instance.Call("bool", 0), Is.EqualTo(1));
        Assert.That(instance.Call("bool", 5), Is.EqualTo(0));
        Assert.That(instance.Call("token"), Is.EqualTo(1));
        Assert.That(instance.Invoke("pair", 20), Is.EqualTo(new WasmValue[] { 21, 40L }));
        UInt128 vector = new(0x0123456789ABCDEF, ulong.MaxValue);
        Assert.That(instance.Invoke("vector", WasmValue.FromVector(vector)),
            Is.EqualTo(new[] { WasmValue.FromVector(vector + 1), 7, WasmValue.FromVector(~vector) }));
    }

    [Test]
    public void A_delegate_with_a_type_that_no_wasm_type_stands_for_is_refused() =>
        Assert.Throws<ArgumentException>(() => new WasmLinker().Define("h", "f", (string text) => text.Length));

    [Test]
    public void An_exception_becomes_a_trap_with_the_exception_inside()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        var failure = new InvalidDataException("no such thing");
        WasmInstance instance = TestInstance.Create(store, CallsF, new WasmLinker().Define("host", "f", int (int _) => throw failure));
        var exception = Assert.Throws<WasmTrapException>(() => instance.Invoke("twice", 1));
        Assert.That(exception.InnerException, Is.SameAs(failure));
        Assert.That(exception.Trap.Reason, Is.EqualTo(TrapReason.Host));
        Assert.That(exception.Trap.Message, Is.EqualTo("no such thing"));
        Assert.That(exception.Trap.Stack.Single().FunctionName, Is.EqualTo("twice"));
    }

    [Test]
    public void A_caller_reads_and_writes_the_memory_of_its_guest()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, CallsF, new WasmLinker().Define("host", "f", (WasmCaller caller, int value) =>
        {
            Assert.That(caller.Store, Is.SameAs(store));
            caller.Memory[value] = 9;
            return (int)caller.Instance.GetMemory("memory")!.Span[value];
        }));
        Assert.That(instance.Call("twice", 1), Is.EqualTo(18));
        Assert.That(instance.GetMemory("memory")!.Span[100], Is.EqualTo(9));
    }

    [Test]
    public void A_waiting_function_gets_its_results_handed_in()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, CallsF, Linker((caller, slots) => caller.Wait($"for {slots[0]}")));
        store.Start(instance.GetFunction("twice")!, 5);
        Assert.That(store.Resume(1000), Is.EqualTo(ExecutionStatus.Waiting));
        Assert.That(store.Pending, Is.EqualTo("for 5"));
        Assert.That(store.WaitingInstance, Is.SameAs(instance));
        Assert.Throws<InvalidOperationException>(() => store.Resume(1000));
        Assert.Throws<ArgumentException>(() => store.CompleteWait(1, 2));
        store.CompleteWait(40);
        Assert.That(store.Resume(1000), Is.EqualTo(ExecutionStatus.Waiting));
        Assert.That(store.Pending, Is.EqualTo("for 100"));
        store.CompleteWait(2);
        Assert.That(store.Resume(1000), Is.EqualTo(ExecutionStatus.Completed));
        Assert.That(store.Results[0].AsInt32(), Is.EqualTo(42));
    }

    [Test]
    public void A_waiting_function_may_fail()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, CallsF, Linker((caller, _) => caller.Wait()));
        store.Start(instance.GetFunction("twice")!, 5);
        store.Resume(1000);
        store.FailWait("too late", new TimeoutException());
        Assert.That(store.Resume(1000), Is.EqualTo(ExecutionStatus.Trapped));
        Assert.That(store.Trap!.Message, Is.EqualTo("too late"));
        Assert.That(store.Trap.Cause, Is.InstanceOf<TimeoutException>());
        Assert.That(store.Trap.Stack.Single().FunctionName, Is.EqualTo("twice"));
    }

    [Test]
    public void A_waiting_function_may_be_continued_and_wait_again()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, CallsF, Linker((caller, _) => caller.Wait("first")));
        store.Start(instance.GetFunction("twice")!, 5);
        store.Resume(1000);
        store.ContinueWait(caller => caller.Wait("second"));
        Assert.That(store.Resume(1000), Is.EqualTo(ExecutionStatus.Waiting));
        Assert.That(store.Pending, Is.EqualTo("second"));
        store.ContinueWait(caller => caller.Store.WaitSlots[0] = 7);
        Assert.That(store.Resume(1000), Is.EqualTo(ExecutionStatus.Waiting));
        store.CompleteWait(1);
        Assert.That(store.Resume(1000), Is.EqualTo(ExecutionStatus.Completed));
        Assert.That(store.Results[0].AsInt32(), Is.EqualTo(8));
    }

    [Test]
    public void Calling_a_guest_that_has_to_wait_says_what_to_do()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, CallsF, Linker((caller, _) => caller.Wait("rain")));
        var exception = Assert.Throws<InvalidOperationException>(() => instance.Invoke("twice", 1));
        Assert.That(exception.Message, Does.Contain("rain").And.Contain("Resume"));
        Assert.That(store.IsIdle, Is.True);
    }

    [Test]
    public void An_exit_ends_the_guest_with_its_code()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, CallsF, Linker((caller, _) => caller.Exit(3)));
        Assert.That(Assert.Throws<WasmExitException>(() => instance.Invoke("twice", 1)).ExitCode, Is.EqualTo(3));
    }

    [Test]
    public void Ending_a_call_twice_is_a_trap()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, CallsF, Linker((caller, _) =>
        {
            caller.Wait();
            caller.Exit(1);
        }));
        Assert.That(Assert.Throws<WasmTrapException>(() => instance.Invoke("twice", 1)).InnerException, Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public async Task Task_returning_functions_are_awaited()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        WasmInstance instance = TestInstance.Create(store, CallsF, new WasmLinker().Define("host", "f", Task<int> (int value) =>
            value == 100 ? Task.FromResult(100) : gate.Task));
        Task<WasmValue[]> call = instance.InvokeAsync("twice", 1);
        Assert.That(call.IsCompleted, Is.False);
        gate.SetResult(5);
        Assert.That((await call.WaitAsync(TimeSpan.FromSeconds(30)))[0].AsInt32(), Is.EqualTo(105));
    }

    [Test]
    public void The_exception_of_a_task_is_the_cause_of_the_trap()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, CallsF, new WasmLinker().Define("host", "f", async ValueTask<int> (int _) =>
        {
            await Task.Yield();
            throw new InvalidDataException("late");
        }));
        var exception = Assert.ThrowsAsync<WasmTrapException>(() => instance.InvokeAsync("twice", 1));
        Assert.That(exception.InnerException, Is.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void An_asynchronous_call_can_be_cancelled()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        using var cancellation = new CancellationTokenSource();
        WasmInstance instance = TestInstance.Create(store, """(module (func (export "forever") (loop $again (br $again))))""");
        Task<WasmValue[]> call = Task.Run(() => instance.GetFunction("forever")!.InvokeAsync([], cancellation.Token));
        cancellation.Cancel();
        Assert.That(async () => await call.WaitAsync(TimeSpan.FromSeconds(60)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(store.IsIdle, Is.True);
    }

    private static WasmLinker Linker(WasmHostCallback callback) => new WasmLinker().Define("host", "f", new WasmHostFunction(IntToInt, callback));
}
