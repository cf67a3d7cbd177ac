using Lunatic.Wasm.Instances.Memory;

namespace Lunatic.Wasm.Tests.Instances.Memory;

[Platform("Linux")]
public sealed unsafe class LinuxMemoryAllocatorTests
{
    private const long Page = 65536;
    private readonly LinuxMemoryAllocator _allocator = new();

    [Test]
    public void A_32_bit_memory_never_moves()
    {
        Assert.That(_allocator.TryAllocate(Page, 65536 * Page, out WasmMemoryBlock block));
        byte* address = block.Address;
        Assert.That(_allocator.TryGrow(ref block, Page, 65536 * Page));
        Assert.That(block.Address == address);
        address[65536 * Page - 1] = 1;
        _allocator.Release(block, 65536 * Page);
    }

    [Test]
    public void Released_memory_gives_its_addresses_back()
    {
        long mappedBefore = MappedBytes();
        for (int round = 0; round < 100; round++)
        {
            Assert.That(_allocator.TryAllocate(Page, 65536 * Page, out WasmMemoryBlock block));
            _allocator.Release(block, Page);
        }
        Assert.That(MappedBytes() - mappedBefore, Is.LessThan(50 * 65536 * Page));
    }

    private static long MappedBytes() =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0]) * Environment.SystemPageSize;
}
