using Lunatic.Wasm.Instances.Memory;

namespace Lunatic.Wasm.Tests.Instances.Memory;

/// <summary>What every plain allocator that this system can run promises.</summary>
[TestFixtureSource(nameof(Allocators))]
public sealed unsafe class SystemMemoryAllocatorTests(string name)
{
    private const long Page = 65536;
    private const long Unlimited = 65536 * Page;

    private readonly WasmMemoryAllocator _allocator = name switch
    {
        "Linux" => new LinuxMemoryAllocator(),
        "Windows" => new WindowsMemoryAllocator(),
        "Heap" => new HeapMemoryAllocator(),
        _ => throw new ArgumentException(name),
    };

    public static IEnumerable<string> Allocators()
    {
        yield return "Heap";
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
            yield return "Linux";
        if (OperatingSystem.IsWindows())
            yield return "Windows";
    }

    [Test]
    public void New_memory_is_zero_and_usable_to_its_last_byte()
    {
        Assert.That(_allocator.TryAllocate(17 * Page, Unlimited, out WasmMemoryBlock block));
        Assert.That(block.Capacity, Is.GreaterThanOrEqualTo(17 * Page));
        Assert.That(IsZero(block, 0, 17 * Page));
        block.Address[0] = 1;
        block.Address[17 * Page - 1] = 2;
        _allocator.Release(block, 17 * Page);
    }

    [Test]
    public void Growing_keeps_the_contents_and_adds_zeroes()
    {
        Assert.That(_allocator.TryAllocate(Page, Unlimited, out WasmMemoryBlock block));
        long length = Page;
        for (int step = 1; step <= 40; step++)
        {
            new Span<byte>(block.Address + length - Page, (int)Page).Fill((byte)step);
            Assert.That(_allocator.TryGrow(ref block, length, length + Page));
            length += Page;
            Assert.That(IsZero(block, length - Page, Page), $"page {step} is not zero");
        }
        for (int step = 1; step <= 40; step++)
            Assert.That(new ReadOnlySpan<byte>(block.Address + (step - 1) * Page, (int)Page).IndexOfAnyExcept((byte)step), Is.EqualTo(-1));
        _allocator.Release(block, length);
    }

    [Test]
    public void Memory_that_outgrows_what_was_reserved_moves_with_its_contents()
    {
        Assert.That(_allocator.TryAllocate(Page, Page, out WasmMemoryBlock block));
        block.Address[Page - 1] = 42;
        long length = block.Capacity + 100 * Page;
        Assert.That(_allocator.TryGrow(ref block, Page, length));
        Assert.That(block.Address[Page - 1], Is.EqualTo(42));
        Assert.That(IsZero(block, Page, length - Page));
        block.Address[length - 1] = 1;
        _allocator.Release(block, length);
    }

    [Test]
    public void An_empty_memory_can_be_had_grown_and_released()
    {
        Assert.That(_allocator.TryAllocate(0, 0, out WasmMemoryBlock never));
        _allocator.Release(never, 0);
        Assert.That(_allocator.TryAllocate(0, Unlimited, out WasmMemoryBlock block));
        Assert.That(_allocator.TryGrow(ref block, 0, Page));
        Assert.That(IsZero(block, 0, Page));
        _allocator.Release(block, Page);
        _allocator.Release(default, 0);
    }

    [TestCase(1L << 62)]
    [TestCase(long.MaxValue)]
    [TestCase(long.MaxValue - 4096)]
    public void More_than_there_is_is_refused_and_changes_nothing(long bytes)
    {
        Assert.That(_allocator.TryAllocate(bytes, long.MaxValue, out WasmMemoryBlock block), Is.False);
        Assert.That(block.Capacity, Is.Zero);

        Assert.That(_allocator.TryAllocate(Page, Unlimited, out block));
        block.Address[7] = 7;
        Assert.That(_allocator.TryGrow(ref block, Page, bytes), Is.False);
        Assert.That(block.Address[7], Is.EqualTo(7));
        Assert.That(_allocator.TryGrow(ref block, Page, 2 * Page), "the block is not usable after a refusal");
        _allocator.Release(block, 2 * Page);
    }

    [Test]
    public void An_endless_maximum_does_not_hinder_a_small_memory()
    {
        Assert.That(_allocator.TryAllocate(Page, long.MaxValue, out WasmMemoryBlock block));
        Assert.That(IsZero(block, 0, Page));
        _allocator.Release(block, Page);
    }

    [Test]
    public void Wrong_lengths_are_the_callers_mistake()
    {
        Assert.That(() => _allocator.TryAllocate(-1, 0, out _), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => _allocator.TryAllocate(2, 1, out _), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(_allocator.TryAllocate(Page, Page, out WasmMemoryBlock block));
        Assert.That(() => _allocator.TryGrow(ref block, Page, Page - 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => _allocator.TryGrow(ref block, -1, Page), Throws.TypeOf<ArgumentOutOfRangeException>());
        _allocator.Release(block, Page);
    }

    private static bool IsZero(in WasmMemoryBlock block, long from, long bytes) =>
        new ReadOnlySpan<byte>(block.Address + from, checked((int)bytes)).IndexOfAnyExcept((byte)0) < 0;
}
