namespace Lunatic.Wasm.Tests.Instances;

/// <summary>Valid modules that ask for too much, or do not come to an end.</summary>
[TestFixture]
public sealed class HostileModulesTests
{
    [TestCase("(module (memory 65536))", 64 << 20, 100)]
    [TestCase("(module (memory 2))", 65_536, 100)]
    [TestCase("(module (table 10000000 funcref))", 65_536, 9_999_999)]
    [TestCase("(module (table 60 funcref) (table 60 externref))", 65_536, 100)]
    public void What_needs_more_than_a_store_may_have_is_uninstantiable_and_leaves_nothing(string text, long maxMemory, int maxElements)
    {
        WasmLinkedModule module = new WasmLinker().Link(WasmModule.Parse(text));
        using var store = new WasmStore(new WasmStoreOptions { MaxMemoryBytes = maxMemory, MaxTableElements = maxElements });
        for (int i = 0; i < 50; i++)
            Assert.That(() => module.CreateInstance(store), Throws.TypeOf<WasmUninstantiableException>());
        // what was refused counts for nothing
        Assert.That(() => new WasmLinker().Instantiate(store, WasmModule.Parse("(module (memory 1) (table 99 funcref))")), Throws.Nothing);
    }

    [Test]
    public void Ten_million_elements_are_as_many_as_there_may_be()
    {
        using var store = new WasmStore();
        WasmInstance instance = new WasmLinker().Instantiate(store, WasmModule.Parse("""
            (module (table $t 10000000 funcref) (func (export "grow") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0))))
            """));
        Assert.That(instance.Invoke("grow", 1)[0].AsInt32(), Is.EqualTo(-1));
        Assert.That(instance.Invoke("grow", 0)[0].AsInt32(), Is.EqualTo(10_000_000));
    }

    [Test]
    public void Memory_of_four_gibibytes_is_refused_or_usable_to_its_last_byte()
    {
        using var store = new WasmStore();
        WasmLinkedModule module = new WasmLinker().Link(WasmModule.Parse("""
            (module (memory 65536) (func (export "last") (result i32) (i32.store8 (i32.const -1) (i32.const 7)) (i32.load8_u (i32.const -1)))
              (func (export "beyond") (result i32) (i32.load offset=4294967295 (i32.const -1))))
            """));
        try
        {
            WasmInstance instance = module.Instantiate(store);
            Assert.That(instance.Invoke("last")[0].AsInt32(), Is.EqualTo(7));
            Assert.That(() => instance.Invoke("beyond"), Throws.TypeOf<WasmTrapException>().With.Message.StartsWith("out of bounds memory access"));
        }
        catch (WasmUninstantiableException)
        {
            // a machine with less memory says so
        }
    }

    [TestCase("(module (func $f (loop (br 0))) (start $f))", "all fuel is used", TestName = "A start function that loops")]
    [TestCase("(module (func $f (call $f)) (start $f))", "call stack exhausted", TestName = "A start function that calls itself")]
    [TestCase("(module (func $f unreachable) (start $f))", "unreachable", TestName = "A start function that traps")]
    [TestCase("(module (memory 1) (data (i32.const 65536) \"x\"))", "out of bounds memory access", TestName = "A segment behind the end of memory")]
    [TestCase("(module (memory 1) (data (i32.const -1) \"x\"))", "out of bounds memory access", TestName = "A segment at the end of the address space")]
    [TestCase("(module (table 1 funcref) (func $f) (elem (i32.const -1) $f))", "out of bounds table access", TestName = "An element at the end of the index space")]
    public void Makes_the_module_uninstantiable(string text, string reason)
    {
        using var store = new WasmStore(new WasmStoreOptions { MaxFuel = 1_000_000, MaxFrameBytes = 1 << 20 });
        Assert.That(
            () => new WasmLinker().Instantiate(store, WasmModule.Parse(text)),
            Throws.TypeOf<WasmUninstantiableException>().With.Message.Contains(reason));
    }

    [Test]
    public void Growing_beyond_the_limit_of_the_store_or_of_the_memory_gives_minus_one()
    {
        using var store = new WasmStore(new WasmStoreOptions { MaxMemoryBytes = 5 * 65_536 });
        WasmInstance instance = new WasmLinker().Instantiate(store, WasmModule.Parse("""
            (module (memory 1 2) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
            """));
        WasmInstance second = new WasmLinker().Instantiate(store, WasmModule.Parse("""
            (module (memory 1) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
            """));
        Assert.That(instance.Invoke("grow", 2)[0].AsInt32(), Is.EqualTo(-1), "the memory's own limit");
        Assert.That(instance.Invoke("grow", 1)[0].AsInt32(), Is.EqualTo(1));
        Assert.That(second.Invoke("grow", 3)[0].AsInt32(), Is.EqualTo(-1), "the store's limit");
        Assert.That(second.Invoke("grow", int.MinValue)[0].AsInt32(), Is.EqualTo(-1));
        Assert.That(second.Invoke("grow", -1)[0].AsInt32(), Is.EqualTo(-1));
        Assert.That(second.Invoke("grow", 2)[0].AsInt32(), Is.EqualTo(1));
        Assert.That(second.Invoke("grow", 0)[0].AsInt32(), Is.EqualTo(3));
    }
}
