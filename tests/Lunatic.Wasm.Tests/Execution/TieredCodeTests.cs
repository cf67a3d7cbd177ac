using System.Diagnostics;
using Lunatic.Wasm.Execution;
using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Execution;

/// <summary>Functions begin in the interpreter and run compiled once they are hot; nothing else about them changes.</summary>
public unsafe class TieredCodeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Calls = """
        (module
          (memory 1)
          (global $seen (mut i32) (i32.const 0))
          (func $leaf (param i32) (result i32)
            (global.set $seen (i32.add (global.get $seen) (local.get 0)))
            (i32.xor (global.get $seen) (i32.const 7)))
          (func $twice (param i32) (result i32) (i32.add (call $leaf (local.get 0)) (call $leaf (i32.add (local.get 0) (i32.const 1)))))
          (func (export "run") (param $n i32) (result i32) (local $sum i32)
            (loop $again
              (local.set $sum (i32.add (local.get $sum) (call $twice (local.get $n))))
              (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
            (local.get $sum))
          (func (export "once") (result i32) (i32.const 5))
          (func (export "forever") (loop $again (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1))) (br $again)))
          (func $down (export "down") (param i32) (result i32)
            (if (i32.eqz (local.get 0)) (then unreachable))
            (i32.add (i32.const 1) (call $down (i32.sub (local.get 0) (i32.const 1))))))
        """;

    [Test]
    public void Hot_functions_are_compiled_in_the_background_and_then_called_directly()
    {
        using var store = new WasmStore();
        WasmInstance instance = TestInstance.Create(store, Calls);
        FunctionCode* leaf = instance.Code.Functions;
        FunctionCode* twice = leaf + 1;
        Assert.That(instance.Call("once"), Is.EqualTo(5));
        RunUntil(() => leaf->CompiledEntry != 0 && twice->CompiledEntry != 0, () => instance.Call("run", 10_000), "the functions compiled");
        Assert.That(leaf->CallEntry, Is.EqualTo(leaf->CompiledEntry), "what compiled code calls");
        Assert.That(instance.GetFunction("once")!.Code->CompiledEntry, Is.EqualTo((nint)0), "what ran once");
        Assert.That(instance.GetFunction("once")!.Code->Requested, Is.Zero);
    }

    [Test]
    public void A_running_loop_goes_on_in_compiled_code()
    {
        using var store = new WasmStore();
        WasmInstance instance = TestInstance.Create(store, Calls);
        FunctionCode* forever = instance.GetFunction("forever")!.Code;
        store.Start(instance.GetFunction("forever")!);
        RunUntil(() => IsCompiled(forever), () => store.Resume(100_000), "the loop compiled");
        store.Resume(1_000_000);
        long heat = forever->Heat;
        // the interpreter alone samples heat
        for (int i = 0; i < 10; i++)
            Assert.That(store.Resume(1_000_000), Is.EqualTo(ExecutionStatus.Preempted));
        Assert.That(forever->Heat, Is.EqualTo(heat));
        Assert.That(store.CaptureStack().Single().FunctionIndex, Is.EqualTo(forever->Index));
    }

    [Test]
    public void A_loop_that_was_started_once_moves_within_its_slice()
    {
        using var store = new WasmStore();
        WasmInstance instance = TestInstance.Create(store, Calls);
        FunctionCode* forever = instance.GetFunction("forever")!.Code;
        store.Start(instance.GetFunction("forever")!);
        // one slice for all: only an interrupt ends it
        Task slice = Task.Run(() => store.Resume(long.MaxValue / 4));
        Assert.That(SpinWait.SpinUntil(() => IsCompiled(forever), Patience), Is.True, "the loop was not compiled");
        long heat = -1;
        Assert.That(SpinWait.SpinUntil(() => heat == (heat = Volatile.Read(ref forever->Heat)), Patience), Is.True);
        Assert.That(SpinWait.SpinUntil(() => Interrupted(store, slice), Patience), Is.True, "the slice did not end");
    }

    [Test]
    public void Code_is_compiled_once_for_all_stores()
    {
        WasmLinkedModule module = new WasmLinker().Link(WasmModule.Parse(Calls));
        FunctionCode* leaf = module.Code.Functions;
        using (var first = new WasmStore())
        {
            WasmInstance instance = module.Instantiate(first);
            RunUntil(() => leaf->CompiledEntry != 0, () => instance.Call("run", 10_000), "the function compiled");
        }
        nint entry = leaf->CompiledEntry;
        using var second = new WasmStore();
        module.Instantiate(second).Call("run", 10_000);
        Assert.That(leaf->CompiledEntry, Is.EqualTo(entry));
    }

    [Test]
    public void Results_fuel_and_traces_are_those_of_the_interpreter_however_tiers_change()
    {
        WasmLinkedModule module = new WasmLinker().Link(WasmModule.Parse(Calls));
        (string Run, string Down, long Fuel) expected = Execute(module, new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Interpreted }));
        long compiled = EngineCounters.Entries + EngineCounters.Resumes;
        for (int seed = 1; seed <= 20; seed++)
        {
            module = new WasmLinker().Link(WasmModule.Parse(Calls));
            Assert.That(Execute(module, new WasmStore { TierSwitches = new Random(seed) }), Is.EqualTo(expected), $"seed {seed}");
        }
        Assert.That(EngineCounters.Entries + EngineCounters.Resumes, Is.GreaterThan(compiled + 40), "functions compiled meanwhile");
        Assert.That(Execute(module, new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Compiled })), Is.EqualTo(expected));
        Assert.That(Execute(module, new WasmStore()), Is.EqualTo(expected));
    }

    [TestCase(1_000)]
    [TestCase(54_321)]
    [TestCase(300_000)]
    public void The_limit_of_fuel_ends_a_guest_at_the_same_place(long limit)
    {
        List<string> ends = [];
        foreach (WasmExecutionMode mode in Enum.GetValues<WasmExecutionMode>())
        {
            for (int seed = 0; seed < (mode == WasmExecutionMode.Tiered ? 10 : 1); seed++)
            {
                using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode, MaxFuel = limit })
                {
                    TierSwitches = mode == WasmExecutionMode.Tiered ? new Random(seed) : null,
                };
                WasmInstance instance = TestInstance.Create(store, Calls);
                WasmTrap trap = Assert.Throws<WasmTrapException>(() => instance.Invoke("run", 1_000_000)).Trap;
                Assert.That(trap.Reason, Is.EqualTo(TrapReason.OutOfFuel));
                ends.Add($"{store.FuelUsed} {trap}");
            }
        }
        Assert.That(ends.Distinct().Count(), Is.EqualTo(1), string.Join('\n', ends.Distinct()));
    }

    [Test]
    public void Every_limit_of_fuel_ends_a_guest_at_the_same_place()
    {
        var module = new WasmLinker().Link(WasmModule.Parse(Calls));
        for (int limit = 1; limit < 200; limit++)
        {
            List<string> ends = [];
            foreach (WasmExecutionMode mode in Enum.GetValues<WasmExecutionMode>())
            {
                using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode, MaxFuel = limit })
                {
                    TierSwitches = mode == WasmExecutionMode.Tiered ? new Random(limit) : null,
                };
                WasmTrap trap = Assert.Throws<WasmTrapException>(() => module.Instantiate(store).Invoke("run", 1_000_000)).Trap;
                ends.Add($"{store.FuelUsed} {trap}");
            }
            Assert.That(ends.Distinct().Count(), Is.EqualTo(1), $"limit {limit}\n{string.Join('\n', ends.Distinct())}");
        }
    }

    // each calls the other's function: one by an import and back through the table that they share. At 1,000 deep native stacks end in both.
    [TestCase(1, false)]
    [TestCase(30, false)]
    [TestCase(30, true)]
    [TestCase(3_000, false)]
    public void Instances_that_call_each_other_use_the_same_fuel_and_come_to_the_same_end(int depth, bool trap)
    {
        const string First = """
            (module
              (type $step (func (param i32 i32) (result i32)))
              (table (export "table") 2 funcref)
              (global $calls (mut i32) (i32.const 0))
              (func $down (export "down") (param $n i32) (param $trap i32) (result i32)
                (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                (if (result i32) (i32.eqz (local.get $n))
                  (then (if (local.get $trap) (then unreachable)) (i32.const 1))
                  (else (i32.add (global.get $calls)
                    (call_indirect (type $step) (i32.sub (local.get $n) (i32.const 1)) (local.get $trap) (i32.const 1)))))))
            """;
        const string Second = """
            (module
              (import "first" "table" (table 2 funcref))
              (import "first" "down" (func $down (param i32 i32) (result i32)))
              (func $up (param $n i32) (param $trap i32) (result i32) (local $i i32)
                (loop $again
                  (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 50))))
                (i32.add (local.get $i) (call $down (local.get $n) (local.get $trap))))
              (elem (i32.const 1) $up))
            """;
        List<string> ends = [];
        foreach (WasmExecutionMode mode in Enum.GetValues<WasmExecutionMode>())
        {
            for (int seed = 0; seed < 8; seed++)
            {
                using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode })
                {
                    TierSwitches = mode == WasmExecutionMode.Tiered ? new Random(seed) : null,
                    SuspendAtEverySite = mode != WasmExecutionMode.Tiered && (seed & 1) != 0,
                };
                WasmInstance first = TestInstance.Create(store, First);
                TestInstance.Create(store, Second, new WasmLinker().Define("first", first));
                store.Start(first.GetFunction("down")!, depth, trap ? 1 : 0);
                (ExecutionStatus status, _) = store.Run(slice: 100 + (seed * 1_000));
                ends.Add($"{status} {(trap ? store.Trap : store.Results[0].AsInt32())} {store.FuelUsed}");
            }
        }
        Assert.That(ends.Distinct().Count(), Is.EqualTo(1), string.Join('\n', ends.Distinct()));
    }

    private static (string Run, string Down, long Fuel) Execute(WasmLinkedModule module, WasmStore store)
    {
        using (store)
        {
            WasmInstance instance = module.Instantiate(store);
            string run = string.Join(' ', Enumerable.Range(0, 3).Select(i => instance.Call("run", 2_000 + i)));
            WasmTrap trap = Assert.Throws<WasmTrapException>(() => instance.Invoke("down", 3_000)).Trap;
            return (run, trap.ToString(), store.FuelUsed);
        }
    }

    private static bool Interrupted(WasmStore store, Task slice)
    {
        store.Interrupt();
        return slice.IsCompleted;
    }

    // both kinds of code: each forgets the heat that led to it when it is there
    private static bool IsCompiled(FunctionCode* function) => Volatile.Read(ref function->ResumeEntry) != 0 && Volatile.Read(ref function->CompiledEntry) != 0;

    private static void RunUntil(Func<bool> condition, Action work, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(clock.Elapsed, Is.LessThan(Patience), $"not within the time: {what}");
            work();
        }
    }
}
