namespace Lunatic.Wasm.Tests.Instances;

[TestFixture(WasmExecutionMode.Interpreted)]
[TestFixture(WasmExecutionMode.Compiled)]
[TestFixture(WasmExecutionMode.Tiered)]
public class LinkingTests(WasmExecutionMode mode)
{
    private WasmStore _store = null!;

    [SetUp]
    public void CreateStore() => _store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });

    [TearDown]
    public void DisposeStore() => _store.Dispose();

    [Test]
    public void Instances_share_memories_tables_globals_and_functions()
    {
        WasmInstance exporter = TestInstance.Create(_store, """
            (module
              (memory (export "m") 1 4)
              (table (export "t") 4 funcref)
              (global (export "g") (mut i32) (i32.const 5))
              (func $ten (export "ten") (result i32) (i32.const 10))
              (func (export "peek") (result i32) (i32.load8_u (i32.const 0)))
              (func (export "pages") (result i32) (memory.size))
              (elem (i32.const 0) $ten))
            """);
        WasmInstance importer = TestInstance.Create(_store, """
            (module
              (type $int (func (result i32)))
              (import "e" "m" (memory 1))
              (import "e" "t" (table 4 funcref))
              (import "e" "g" (global $g (mut i32)))
              (import "e" "ten" (func $ten (result i32)))
              (import "e" "pages" (func $pages (result i32)))
              (func $twenty (result i32) (i32.add (call $ten) (call $ten)))
              (elem (i32.const 1) $twenty)
              (func (export "poke") (i32.store8 (i32.const 0) (i32.const 99)) (global.set $g (i32.const 6)))
              (func (export "grow") (result i32) (drop (memory.grow (i32.const 2))) (i32.store8 (i32.const 150000) (i32.const 1)) (call $pages))
              (func (export "call") (param i32) (result i32) (call_indirect (type $int) (local.get 0))))
            """, new WasmLinker().Define("e", exporter));
        importer.Invoke("poke");
        Assert.That(exporter.Call("peek"), Is.EqualTo(99));
        Assert.That(exporter.GetGlobal("g")!.Value.AsInt32(), Is.EqualTo(6));
        Assert.That(importer.Call("grow"), Is.EqualTo(3));
        Assert.That(importer.Call("call", 0), Is.EqualTo(10));
        Assert.That(importer.Call("call", 1), Is.EqualTo(20));
        Assert.That(exporter.GetTable("t")![1].AsFuncRef()!.Invoke()[0].AsInt32(), Is.EqualTo(20));
        Assert.That(Reason(() => importer.Call("call", 2)), Is.EqualTo(TrapReason.UninitializedElement));
        Assert.That(Reason(() => importer.Call("call", 4)), Is.EqualTo(TrapReason.UndefinedElement));
    }

    [Test]
    public void A_table_that_one_instance_writes_is_its_own()
    {
        WasmLinkedModule module = new WasmLinker().Link(WasmModule.Parse("""
            (module
              (type $int (func (result i32)))
              (global $g (mut i32) (i32.const 0))
              (table $t 2 funcref)
              (elem (i32.const 0) $a $b)
              (func $a (result i32) (global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g))
              (func $b (result i32) (i32.const 100))
              (func (export "swap") (table.set $t (i32.const 0) (ref.func $b)) (table.set $t (i32.const 1) (table.get $t (i32.const 1))))
              (func (export "call") (param i32) (result i32) (call_indirect (type $int) (local.get 0))))
            """));
        WasmInstance first = module.Instantiate(_store);
        WasmInstance second = module.Instantiate(_store);
        unsafe
        {
            Assert.That((nint)first.Context->Tables[0]->Elements, Is.EqualTo((nint)second.Context->Tables[0]->Elements), "the image is shared");
        }
        Assert.That(first.Call("call", 0), Is.EqualTo(1));
        Assert.That(first.Call("call", 0), Is.EqualTo(2), "a function called through the image runs in the instance that calls");
        Assert.That(second.Call("call", 0), Is.EqualTo(1));
        first.Invoke("swap");
        Assert.That(first.Call("call", 0), Is.EqualTo(100));
        Assert.That(first.Call("call", 1), Is.EqualTo(100));
        Assert.That(second.Call("call", 0), Is.EqualTo(2));
    }

    [Test]
    public void The_hosts_own_memories_tables_and_globals_can_be_imported()
    {
        var memory = new WasmMemory(_store, 1, 2);
        var table = new WasmTable(_store, WasmValueType.ExternRef, 3);
        var global = new WasmGlobal(_store, new WasmGlobalType(WasmValueType.I64, isMutable: true), 7L);
        WasmInstance instance = TestInstance.Create(_store, """
            (module
              (import "h" "m" (memory 1 2))
              (import "h" "t" (table 3 externref))
              (import "h" "g" (global $g (mut i64)))
              (func (export "f") (param externref) (result i64)
                (i32.store (i32.const 8) (i32.const 0x01020304))
                (table.set (i32.const 2) (local.get 0))
                (global.set $g (i64.add (global.get $g) (i64.const 1)))
                (global.get $g)))
            """, new WasmLinker().Define("h", "m", memory).Define("h", "t", table).Define("h", "g", global));
        Assert.That(instance.Invoke("f", WasmValue.FromExternRef("thing"))[0].AsInt64(), Is.EqualTo(8));
        Assert.That(memory.GetSpan(8, 4).ToArray(), Is.EqualTo(new byte[] { 4, 3, 2, 1 }));
        Assert.That(table[2].AsExternRef(), Is.EqualTo("thing"));
        Assert.That(global.Value.AsInt64(), Is.EqualTo(8));
    }

    [TestCase("(import \"h\" \"nothing\" (func))", "unknown import")]
    [TestCase("(import \"h\" \"f\" (func (param i64)))", "incompatible import type")]
    [TestCase("(import \"h\" \"f\" (memory 1))", "incompatible import type")]
    [TestCase("(import \"h\" \"m\" (memory 2))", "incompatible import type")]
    [TestCase("(import \"h\" \"m\" (memory 1 3))", "incompatible import type")]
    [TestCase("(import \"h\" \"t\" (table 1 externref))", "incompatible import type")]
    [TestCase("(import \"h\" \"g\" (global (mut i32)))", "incompatible import type")]
    public void An_import_that_is_not_there_or_of_another_type_is_unlinkable(string import, string problem)
    {
        WasmLinker linker = new WasmLinker()
            .Define("h", "f", (int _) => { })
            .Define("h", "m", new WasmMemory(_store, 1, 4))
            .Define("h", "t", new WasmTable(_store, WasmValueType.FuncRef, 1))
            .Define("h", "g", new WasmGlobal(_store, new WasmGlobalType(WasmValueType.I32, isMutable: false), 1));
        var exception = Assert.Throws<WasmUnlinkableException>(() => linker.Link(WasmModule.Parse($"(module {import})")));
        Assert.That(exception.Problem, Does.StartWith(problem));
        Assert.That(exception.ImportModule, Is.EqualTo("h"));
    }

    [Test]
    public void A_segment_that_does_not_fit_makes_the_module_uninstantiable_and_those_before_it_stay()
    {
        var memory = new WasmMemory(_store, 1);
        WasmLinker linker = new WasmLinker().Define("h", "m", memory);
        var exception = Assert.Throws<WasmUninstantiableException>(() => TestInstance.Create(_store, """
            (module (import "h" "m" (memory 1)) (data (i32.const 3) "kept") (data (i32.const 65535) "no"))
            """, linker));
        Assert.That(exception.Message, Does.StartWith("out of bounds memory access"));
        Assert.That(memory.GetSpan(3, 4).ToArray(), Is.EqualTo("kept"u8.ToArray()));
    }

    [Test]
    public void The_start_function_runs_on_instantiating_and_its_trap_is_reported()
    {
        const string Starts = """(module (global (export "g") (mut i32) (i32.const 0)) (func $s (global.set 0 (i32.const 4))) (start $s))""";
        Assert.That(TestInstance.Create(_store, Starts).GetGlobal("g")!.Value.AsInt32(), Is.EqualTo(4));
        WasmInstance created = new WasmLinker().Link(WasmModule.Parse(Starts)).CreateInstance(_store);
        Assert.That(created.GetGlobal("g")!.Value.AsInt32(), Is.Zero);
        Assert.That(created.StartFunction, Is.Not.Null);
        var exception = Assert.Throws<WasmUninstantiableException>(() => TestInstance.Create(_store, "(module (func $s unreachable) (start $s))"));
        Assert.That(exception.Trap!.Reason, Is.EqualTo(TrapReason.Unreachable));
    }

    private static TrapReason Reason(Action call) => Assert.Throws<WasmTrapException>(call)!.Trap.Reason;
}
