using Lunatic.Benchmarks.Framework;
using Lunatic.Runtime.Memory;
using Lunatic.Wasm;

namespace Lunatic.Benchmarks.Memory;

/// <summary>
/// Takes a guest's memory, touches what a short-lived Rust guest touches of it (the top of its stack, a page of its data, a page of its heap) and gives it back.
/// </summary>
internal sealed unsafe class SlotBenchmark : Benchmark
{
    private const long Page = 65536;
    private const long RustGuest = 17 * Page;
    private const long Unlimited = 65536 * Page;
    private const int StackTop = 1 << 20;

    public override string Name => "slots";

    public override string Description => "a guest's memory: taken, touched, given back";

    public override IEnumerable<Row> Run()
    {
        if (!SlotMemoryAllocator.IsSupported)
        {
            yield return Row.Skipped("memory slot", "needs 64-bit Linux");
            yield break;
        }
        double plain = Measure(WasmMemoryAllocator.Default, RustGuest, Unlimited);
        using (SlotMemoryAllocator slots = new())
        {
            yield return new Row("Rust guest, warm slot", Measure(slots, RustGuest, Unlimited), "ns", "mmap/munmap", plain);
            yield return new Row("one-page guest, warm slot", Measure(slots, Page, Page), "ns");
        }
        using (SlotMemoryAllocator old = new(useNewCalls: false))
            yield return new Row("Rust guest, without PAGEMAP_SCAN", Measure(old, RustGuest, Unlimited), "ns", "mmap/munmap", plain);
        using (GuestMemory memory = new())
            yield return new Row("Rust guest, warm slot within caps", Measure(memory.CreateAllocator(), RustGuest, Unlimited), "ns", "mmap/munmap", plain);
        using (SlotMemoryAllocator slots = new())
            yield return new Row("Rust guest, 1,000 at a time", MeasureMany(slots, 1000), "ns", "mmap/munmap", MeasureMany(WasmMemoryAllocator.Default, 1000));
    }

    private static double Measure(WasmMemoryAllocator allocator, long bytes, long maximum) => Sampling.NanosecondsPerOperation(operations =>
    {
        for (int operation = 0; operation < operations; operation++)
        {
            WasmMemoryBlock block = Take(allocator, bytes, maximum);
            allocator.Release(block, bytes);
        }
    });

    private static double MeasureMany(WasmMemoryAllocator allocator, int count)
    {
        WasmMemoryBlock[] blocks = new WasmMemoryBlock[count];
        return Sampling.NanosecondsPerOperation(operations =>
        {
            for (int operation = 0; operation < operations; operation++)
            {
                for (int index = 0; index < count; index++)
                    blocks[index] = Take(allocator, RustGuest, Unlimited);
                foreach (WasmMemoryBlock block in blocks)
                    allocator.Release(block, RustGuest);
            }
        }) / count;
    }

    private static WasmMemoryBlock Take(WasmMemoryAllocator allocator, long bytes, long maximum)
    {
        if (!allocator.TryAllocate(bytes, maximum, out WasmMemoryBlock block))
            throw new InvalidOperationException("the memory was refused");
        if (bytes > StackTop)
        {
            block.Address[StackTop - 64] = 1;
            block.Address[StackTop + 100] = 2;
            block.Address[StackTop + 20_000] = 3;
        }
        else
            block.Address[0] = 1;
        return block;
    }
}
