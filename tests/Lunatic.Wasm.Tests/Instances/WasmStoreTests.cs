using System.Runtime.CompilerServices;

namespace Lunatic.Wasm.Tests.Instances;

public class WasmStoreTests
{
    private const string Identity = """(module (func (export "id") (param i32) (result i32) (local.get 0)))""";

    private const string Grows = """
        (module
          (memory (export "memory") 1)
          (table $t 1 externref)
          (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
          (func (export "grow_table") (param i32) (result i32) (table.grow $t (ref.null extern) (local.get 0))))
        """;

    [Test]
    public void Wrong_arguments_are_refused_before_anything_runs()
    {
        using var store = new WasmStore();
        WasmInstance instance = TestInstance.Create(store, Identity);
        Assert.Throws<ArgumentException>(() => instance.Invoke("id"));
        Assert.Throws<ArgumentException>(() => instance.Invoke("id", 1L));
        Assert.Throws<ArgumentException>(() => instance.Invoke("nothing", 1));
        Assert.That(instance.Call("id", 3), Is.EqualTo(3));
    }

    [Test]
    public void What_belongs_to_one_store_is_refused_by_another()
    {
        using var store = new WasmStore();
        using var other = new WasmStore();
        WasmInstance instance = TestInstance.Create(store, Identity);
        Assert.Throws<ArgumentException>(() => other.Start(instance.GetFunction("id")!, 1));
        WasmLinkedModule linked = new WasmLinker().Define("m", instance).Link(WasmModule.Parse("""(module (import "m" "id" (func (param i32) (result i32))))"""));
        Assert.Throws<ArgumentException>(() => linked.Instantiate(other));
        linked.Instantiate(store);
    }

    [Test]
    public void A_guest_that_is_there_already_is_not_replaced()
    {
        using var store = new WasmStore();
        WasmFunction id = TestInstance.Create(store, Identity).GetFunction("id")!;
        Assert.Throws<InvalidOperationException>(() => store.Resume(1));
        store.Start(id, 1);
        Assert.Throws<InvalidOperationException>(() => store.Start(id, 1));
        Assert.Throws<InvalidOperationException>(() => id.Invoke(1));
        Assert.Throws<InvalidOperationException>(() => store.CompleteWait());
    }

    [Test]
    public void A_host_function_can_neither_run_nor_dispose_the_store_it_is_called_in()
    {
        using var store = new WasmStore();
        WasmInstance instance = null!;
        WasmLinker linker = new WasmLinker()
            .Define("h", "call", () => { instance.Invoke("f"); })
            .Define("h", "dispose", store.Dispose);
        instance = TestInstance.Create(store, """
            (module
              (import "h" "call" (func $call))
              (import "h" "dispose" (func $dispose))
              (func (export "f") (call $call))
              (func (export "g") (call $dispose)))
            """, linker);
        Assert.That(Assert.Throws<WasmTrapException>(() => instance.Invoke("f")).InnerException, Is.InstanceOf<InvalidOperationException>());
        Assert.That(Assert.Throws<WasmTrapException>(() => instance.Invoke("g")).InnerException, Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public void A_disposed_store_refuses_use()
    {
        var store = new WasmStore();
        WasmInstance instance = TestInstance.Create(store, Grows);
        WasmMemory memory = instance.GetMemory("memory")!;
        store.Dispose();
        store.Dispose();
        store.Interrupt();
        Assert.Throws<ObjectDisposedException>(() => instance.Invoke("grow", 1));
        Assert.Throws<ObjectDisposedException>(() => instance.GetFunction("grow"));
        Assert.Throws<ObjectDisposedException>(() => memory.Grow(1));
        Assert.Throws<ObjectDisposedException>(() => _ = memory.Span);
        Assert.Throws<ObjectDisposedException>(() => store.Resume(1));
        Assert.Throws<ObjectDisposedException>(() => _ = new WasmMemory(store, 1));
    }

    [Test]
    public void Limits_of_memory_and_tables_hold_for_the_store_as_a_whole()
    {
        using var store = new WasmStore(new WasmStoreOptions { MaxMemoryBytes = 4 * 65_536, MaxTableElements = 4 });
        WasmInstance first = TestInstance.Create(store, Grows);
        WasmInstance second = TestInstance.Create(store, Grows);
        Assert.That(first.Call("grow", 3), Is.EqualTo(-1));
        Assert.That(first.Call("grow", 2), Is.EqualTo(1));
        Assert.That(second.Call("grow", 1), Is.EqualTo(-1));
        Assert.That(store.MemoryBytes, Is.EqualTo(4 * 65_536));
        Assert.That(first.Call("grow_table", 3), Is.EqualTo(-1));
        Assert.That(first.Call("grow_table", 2), Is.EqualTo(1));
        Assert.That(second.Call("grow_table", 1), Is.EqualTo(-1));
        Assert.Throws<WasmUninstantiableException>(() => TestInstance.Create(store, Grows));
    }

    [Test]
    public void Functions_are_lowered_once_however_many_threads_enter_them_at_once()
    {
        WasmLinkedModule module = new WasmLinker().Link(WasmModule.Parse(Identity));
        using var barrier = new Barrier(8);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var store = new WasmStore();
            WasmInstance instance = module.Instantiate(store);
            barrier.SignalAndWait(TimeSpan.FromSeconds(10));
            Assert.That(instance.Call("id", i), Is.EqualTo(i));
        });
    }

    [Test]
    public void Modules_and_undisposed_stores_end_when_nothing_refers_to_them()
    {
        List<WeakReference> dropped = [];
        for (int i = 0; i < 200; i++)
            LoadAndDrop(dropped);
        for (int i = 0; i < 5 && dropped.Exists(reference => reference.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(dropped.Count(reference => reference.IsAlive), Is.LessThanOrEqualTo(2), "objects that are still reachable");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void LoadAndDrop(List<WeakReference> dropped)
        {
            var store = new WasmStore();
            WasmInstance instance = TestInstance.Create(store, Grows, new WasmLinker().Define("h", "f", () => { }));
            instance.Invoke("grow", 1);
            dropped.Add(new WeakReference(instance.Module));
            dropped.Add(new WeakReference(instance.Module.Code));
            dropped.Add(new WeakReference(store));
        }
    }
}
