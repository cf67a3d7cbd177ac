using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Interpretation;

[TestFixture(WasmExecutionMode.Interpreted)]
[TestFixture(WasmExecutionMode.Compiled)]
[TestFixture(WasmExecutionMode.Tiered)]
public class FuelTests(WasmExecutionMode mode)
{
    private const string Loops = """
        (module
          (func (export "count") (param i32) (result i32) (local i32)
            (loop $again
              (local.set 1 (i32.add (local.get 1) (i32.const 1)))
              (br_if $again (i32.lt_u (local.get 1) (local.get 0))))
            (local.get 1))
          (func (export "forever") (loop $again (br $again))))
        """;

    [Test]
    public void Every_operator_but_the_free_ones_costs_one()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Loops);
        Assert.That(instance.Call("count", 10), Is.EqualTo(10));
        // 8 in the loop, 1 after it
        Assert.That(store.FuelUsed, Is.EqualTo((10 * 8) + 1));
    }

    [Test]
    public void Slices_of_one_make_progress_and_cost_the_same()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Loops);
        store.Start(instance.GetFunction("count")!, 100);
        (ExecutionStatus status, int slices) = store.Run(slice: 1);
        Assert.That(status, Is.EqualTo(ExecutionStatus.Completed));
        // what a slice owes is paid before the guest goes on
        Assert.That(slices, Is.EqualTo(801));
        Assert.That(store.Results[0].AsInt32(), Is.EqualTo(100));
        Assert.That(store.FuelUsed, Is.EqualTo(801));
    }

    [Test]
    public void An_endless_loop_is_preempted_again_and_again_until_it_is_given_up()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Loops);
        store.Start(instance.GetFunction("forever")!);
        for (int i = 0; i < 10; i++)
            Assert.That(store.Resume(10_000), Is.EqualTo(ExecutionStatus.Preempted));
        Assert.That(store.CaptureStack().Single().FunctionIndex, Is.EqualTo(1));
        store.Abandon();
        Assert.That(instance.Call("count", 3), Is.EqualTo(3));
    }

    [Test]
    public void All_fuel_used_is_a_trap()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode, MaxFuel = 100_000 });
        WasmInstance instance = TestInstance.Create(store, Loops);
        WasmTrap trap = Assert.Throws<WasmTrapException>(() => instance.Invoke("forever")).Trap;
        Assert.That(trap.Reason, Is.EqualTo(TrapReason.OutOfFuel));
        Assert.That(trap.Stack.Single().FunctionIndex, Is.EqualTo(1));
        Assert.That(store.FuelUsed, Is.InRange(100_000, 100_010));
    }

    // 2 for the call, 8 in each of 10 rounds, 1 at the end: 83 in all
    [TestCase(82, true)]
    [TestCase(83, false)]
    [TestCase(84, false)]
    public void The_limit_of_fuel_does_not_depend_on_the_slices(int limit, bool isOutOfFuel)
    {
        const string Text = """
            (module
              (func $count (param i32) (result i32) (local i32)
                (loop $again
                  (local.set 1 (i32.add (local.get 1) (i32.const 1)))
                  (br_if $again (i32.lt_u (local.get 1) (local.get 0))))
                (local.get 1))
              (func (export "main") (param i32) (call $count (local.get 0)) drop))
            """;
        List<(ExecutionStatus, long, string)> outcomes = [];
        foreach ((int slice, bool everySite) in new[] { (1, false), (7, false), (1000, false), (1000, true) })
        {
            using var store = new WasmStore(new WasmStoreOptions { MaxFuel = limit }) { SuspendAtEverySite = everySite };
            WasmInstance instance = TestInstance.Create(store, Text);
            store.Start(instance.GetFunction("main")!, 10);
            (ExecutionStatus status, _) = store.Run(slice);
            outcomes.Add((status, store.FuelUsed, store.Trap?.ToString() ?? ""));
        }
        Assert.That(outcomes[0].Item1, Is.EqualTo(isOutOfFuel ? ExecutionStatus.Trapped : ExecutionStatus.Completed));
        Assert.That(outcomes, Has.All.EqualTo(outcomes[0]));
    }

    [Test]
    public void An_interrupt_from_another_thread_ends_the_slice()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Loops);
        store.Start(instance.GetFunction("forever")!);
        Task<ExecutionStatus> slice = Task.Run(() => store.Resume(long.MaxValue));
        // an interrupt before the slice begins is lost, so more than one may be needed
        Assert.That(SpinWait.SpinUntil(() => Interrupted(store, slice), TimeSpan.FromSeconds(60)), Is.True, "the interrupted slice did not end");
        Assert.That(slice.Result, Is.EqualTo(ExecutionStatus.Preempted));

        static bool Interrupted(WasmStore store, Task slice)
        {
            store.Interrupt();
            return slice.IsCompleted;
        }
    }

    [Test]
    public void Clearing_many_locals_shortens_the_slice_but_is_not_counted_as_used()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, $$"""
            (module
              (func $large (local {{string.Join(' ', Enumerable.Repeat("i64", 40_000))}}))
              (func (export "f") (param i32)
                (loop $again
                  (call $large)
                  (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
            """);
        store.Start(instance.GetFunction("f")!, 1000);
        (ExecutionStatus status, int slices) = store.Run();
        Assert.That(status, Is.EqualTo(ExecutionStatus.Completed));
        Assert.That(slices, Is.InRange(5, 6), "1,000 calls of 40,000 slots are worth 5,000,000 fuel");
        Assert.That(store.FuelUsed, Is.EqualTo(6000));
    }

    [Test]
    public void Heat_goes_to_the_function_that_runs()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Interpreted });
        WasmInstance instance = TestInstance.Create(store, Loops);
        instance.Invoke("count", 100_000);
        unsafe
        {
            Assert.That(instance.GetFunction("count")!.Code->Heat, Is.GreaterThan(500_000));
            Assert.That(instance.GetFunction("forever")!.Code->Heat, Is.Zero);
        }
    }
}
