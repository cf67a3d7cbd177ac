using System.Globalization;
using System.Text;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Wasm;
using Lunatic.Wasm.Instances.Memory;

namespace Lunatic.Runtime.Tests.HostApi.Binding;

/// <summary>
/// Calls between compiled code and the entries that the generator writes for host functions: whatever the host function does, everything is as if the
/// interpreter had called it.
/// </summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class HostEntryTests(bool suspendAtEverySite)
{
    // deep enough for several native stacks
    private const int Deep = 20_000;

    [Test]
    public unsafe void Every_function_of_the_host_api_has_an_entry_for_compiled_code()
    {
        foreach (HostNamespace table in HostNamespaces.All.Where(table => table.Name is "lunatic::message" or "lunatic::process" or "wasi_snapshot_preview1"))
        {
            foreach (HostFunction function in table.Functions)
            {
                WasmHostFunction bound = function.Bind(function.Name);
                Assert.That(bound.Code->CallEntry, Is.Not.Zero, $"{table.Name}::{function.Name}");
                Assert.That(bound.Code->SlotEntry, Is.Not.Zero, $"{table.Name}::{function.Name}");
            }
        }
    }

    [Test]
    public void Arguments_and_results_of_every_type_pass() => Compare("""
        (module
          (import "boundary" "mix" (func $mix (param i32 i64 f32 f64) (result f64)))
          (import "boundary" "single" (func $single (param f32) (result f32)))
          (import "boundary" "double" (func $double (param f64) (result f64)))
          (import "boundary" "big" (func $big (param i32) (result i64)))
          (import "boundary" "negate" (func $negate (param i32) (result i32)))
          (table funcref (elem $big $mix))
          (func (export "f") (param i32 i32) (result f64 f32 f64 i64 i32 i64)
            (call $mix (local.get 0) (i64.const -5000000000) (f32.const 0.5) (f64.const 0.125))
            (call $single (f32.const 2))
            (call $double (f64.const 2))
            (call $big (local.get 1))
            (call $negate (local.get 0))
            (call_indirect (param i32) (result i64) (i32.const 9) (i32.const 0))))
        """, 7, -3);

    [TestCase("negate", 12)]
    [TestCase("fail", 12)]
    [TestCase("fail_late", 12)]
    [TestCase("trap", 12)]
    [TestCase("wait", 12)]
    [TestCase("exit", 12)]
    [TestCase("call", 12)]
    [TestCase("call", 0)]
    [TestCase("grow", 40)]
    [TestCase("collect", 12)]
    [TestCase("nest", 3)]
    public void A_host_function_may_end_in_any_way(string function, int value) => Compare(Recursion(function), 3, value);

    [TestCase("negate", 12)]
    [TestCase("fail", 12)]
    [TestCase("fail_late", 12)]
    [TestCase("trap", 12)]
    [TestCase("wait", 12)]
    [TestCase("exit", 12)]
    [TestCase("call", 12)]
    [TestCase("call", 0)]
    [TestCase("nest", 2)]
    public void It_may_do_so_deep_in_a_recursion(string function, int value) => Compare(Recursion(function), Deep, value);

    [Test]
    public void A_trap_is_the_exception_that_the_host_function_threw()
    {
        using WasmStore store = CreateStore(WasmExecutionMode.Compiled, out WasmInstance instance, Recursion("fail"));
        WasmTrap trap = Assert.Throws<WasmTrapException>(() => instance.Invoke("f", 2, 12)).Trap;
        Assert.That(trap.Cause, Is.InstanceOf<InvalidDataException>());
        Assert.That(trap.Message, Is.EqualTo("boundary::fail: 12 is refused"));
        Assert.That(trap.Stack.Select(frame => frame.FunctionName), Is.EqualTo(new[] { "f", "f", "f" }));
        Assert.That(store.IsIdle, Is.True);
    }

    [Test]
    public void A_memory_that_the_host_function_grew_and_moved_is_used_where_it_is() => Compare("""
        (module
          (import "boundary" "grow" (func $grow (param i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "f") (param i32 i32) (result i32 i32 i32 i32)
            (i32.store8 (i32.const 65535) (i32.const 5))
            (call $grow (local.get 1))
            (i32.store8 (i32.const 1000000) (i32.const 9))
            (i32.load8_u (i32.const 0)) (i32.load8_u (i32.const 65535)) (i32.load8_u (i32.const 1000000))))
        """, 0, 100);

    [Test]
    public void Collections_of_garbage_find_the_guests_that_call() => Compare("""
        (module
          (import "boundary" "collect" (func $collect (param i32) (result i32)))
          (func (export "f") (param $n i32) (param $sum i32) (result i32)
            (loop $l
              (local.set $sum (call $collect (local.get $sum)))
              (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
            (local.get $sum)))
        """, 30, 1);

    // f(depth, value): calls the function with the value at that depth, and adds one on every level; callee(n) traps for 0
    private static string Recursion(string function) => $$"""
        (module
          (import "boundary" "{{function}}" (func $host (param i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "callee") (param i32) (result i32)
            (if (i32.eqz (local.get 0)) (then unreachable))
            (i32.mul (local.get 0) (i32.const 2)))
          (func $f (export "f") (param i32 i32) (result i32)
            (if (result i32) (i32.eqz (local.get 0))
              (then (i32.add (i32.load8_u (i32.const 8)) (call $host (local.get 1))))
              (else (i32.add (i32.const 1) (call $f (i32.sub (local.get 0) (i32.const 1)) (local.get 1)))))))
        """;

    /// <summary>Calls "f" of the module in compiled and in interpreted code and compares results, trap, trace, exit code and fuel.</summary>
    private void Compare(string text, int first, int second)
    {
        using WasmStore compiled = CreateStore(WasmExecutionMode.Compiled, out WasmInstance instance, text);
        using WasmStore interpreted = CreateStore(WasmExecutionMode.Interpreted, out WasmInstance oracle, text);
        string expected = Run(oracle, first, second);
        Assert.That(Run(instance, first, second), Is.EqualTo(expected));
        // again, when everything has been compiled
        Assert.That(Run(instance, first, second), Is.EqualTo(Run(oracle, first, second)));
        Assert.That(compiled.FuelUsed, Is.EqualTo(interpreted.FuelUsed), "fuel");
    }

    private static string Run(WasmInstance instance, int first, int second)
    {
        WasmStore store = instance.Store;
        store.Start(instance.GetFunction("f")!, first, second);
        var text = new StringBuilder();
        ExecutionStatus status;
        while ((status = store.Resume(10_000)) is ExecutionStatus.Preempted or ExecutionStatus.Waiting)
        {
            if (status is ExecutionStatus.Preempted)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"pending {store.Pending} slot {store.WaitSlots[0]} ");
            store.CompleteWait(4_000);
        }
        return text + status switch
        {
            ExecutionStatus.Completed => string.Join(' ', store.Results),
            ExecutionStatus.Exited => string.Create(CultureInfo.InvariantCulture, $"exit {store.ExitCode}"),
            _ => $"{store.Trap} {store.Trap!.Cause?.GetType()}",
        };
    }

    private WasmStore CreateStore(WasmExecutionMode mode, out WasmInstance instance, string text)
    {
        var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode, MemoryAllocator = new HeapMemoryAllocator() }) { SuspendAtEverySite = suspendAtEverySite };
        // a context without a process: these host functions use nothing but their caller
        store.State = new ProcessContext(null!, null!, store.Caller);
        instance = BoundaryApi.CreateLinker().Instantiate(store, WasmModule.Parse(text));
        return store;
    }
}
