using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Interpretation;

[TestFixture(WasmExecutionMode.Interpreted)]
[TestFixture(WasmExecutionMode.Compiled)]
[TestFixture(WasmExecutionMode.Tiered)]
public class BulkOperationsTests(WasmExecutionMode mode)
{
    private const int MiB = 1 << 20;

    private const string Bulk = """
        (module
          (memory (export "memory") 1024)
          (table $t (export "t") 1000000 externref)
          (data $d "abcdef")
          (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
          (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
          (func (export "init") (param i32 i32 i32) (memory.init $d (local.get 0) (local.get 1) (local.get 2)))
          (func (export "drop") (data.drop $d))
          (func (export "fill_table") (param i32 externref i32) (table.fill $t (local.get 0) (local.get 1) (local.get 2))))
        """;

    [Test]
    public void A_large_fill_ends_the_slice_after_every_mebibyte()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Bulk);
        store.Start(instance.GetFunction("fill")!, 1, 7, (63 * MiB) + 5);
        (ExecutionStatus status, int slices) = store.Run(slice: long.MaxValue);
        Assert.That(status, Is.EqualTo(ExecutionStatus.Completed));
        Assert.That(slices, Is.EqualTo(64));
        Span<byte> memory = instance.GetMemory("memory")!.Span;
        Assert.That(memory[0], Is.Zero);
        Assert.That(memory.Slice(1, (63 * MiB) + 5).IndexOfAnyExcept((byte)7), Is.EqualTo(-1));
        Assert.That(memory[((63 * MiB) + 6)..].IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [TestCase(0, MiB / 2)]
    [TestCase(MiB / 2, 0)]
    [TestCase(3, 3)]
    public void A_copy_in_pieces_moves_overlapping_ranges_as_a_whole(int target, int source)
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Bulk);
        WasmMemory memory = instance.GetMemory("memory")!;
        Span<byte> bytes = memory.GetSpan(0, 4 * MiB);
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i * 31 % 251);
        byte[] expected = bytes.ToArray();
        Array.Copy(expected, source, expected, target, (3 * MiB) + 17);
        instance.Invoke("copy", target, source, (3 * MiB) + 17);
        Assert.That(memory.GetSpan(0, 4 * MiB).SequenceEqual(expected), Is.True);
    }

    [TestCase("fill", -1, 0, 2)]
    [TestCase("fill", 64 * MiB, 0, 1)]
    [TestCase("copy", 0, -1, 1)]
    [TestCase("copy", -1, 0, -1)]
    [TestCase("init", 0, 5, 2)]
    public void What_does_not_fit_traps_before_anything_is_written(string name, int first, int second, int count)
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Bulk);
        WasmTrap trap = Assert.Throws<WasmTrapException>(() => instance.Invoke(name, first, second, count)).Trap;
        Assert.That(trap.Reason, Is.EqualTo(TrapReason.MemoryOutOfBounds));
        Assert.That(instance.GetMemory("memory")!.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [Test]
    public void A_dropped_segment_is_empty()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Bulk);
        instance.Invoke("init", 10, 1, 3);
        Assert.That(instance.GetMemory("memory")!.GetSpan(10, 4).ToArray(), Is.EqualTo("bcd\0"u8.ToArray()));
        instance.Invoke("drop");
        instance.Invoke("init", 10, 0, 0);
        Assert.Throws<WasmTrapException>(() => instance.Invoke("init", 10, 0, 1));
    }

    [Test]
    public void A_large_table_fill_comes_in_pieces_too()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = TestInstance.Create(store, Bulk);
        object filler = new();
        store.Start(instance.GetFunction("fill_table")!, 0, WasmValue.FromExternRef(filler), 1_000_000);
        Assert.That(store.Run().Slices, Is.EqualTo(8));
        WasmTable table = instance.GetTable("t")!;
        Assert.That(table[0].Reference, Is.SameAs(filler));
        Assert.That(table[999_999].Reference, Is.SameAs(filler));
    }
}
