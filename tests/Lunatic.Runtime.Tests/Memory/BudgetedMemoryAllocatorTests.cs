using Lunatic.Runtime.Memory;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Memory;

public sealed class BudgetedMemoryAllocatorTests
{
    private const long Page = 65536;

    [Test]
    public void An_environments_cap_is_exact_on_lengths()
    {
        using GuestMemory memory = new();
        WasmMemoryAllocator environment = memory.CreateAllocator(10 * Page);
        Assert.That(environment.TryAllocate(4 * Page, 100 * Page, out WasmMemoryBlock first));
        Assert.That(environment.TryAllocate(7 * Page, 100 * Page, out _), Is.False);
        Assert.That(environment.TryAllocate(5 * Page, 100 * Page, out WasmMemoryBlock second));
        Assert.That(environment.TryGrow(ref first, 4 * Page, 6 * Page), Is.False);
        Assert.That(environment.TryGrow(ref first, 4 * Page, 5 * Page));
        environment.Release(second, 5 * Page);
        Assert.That(environment.TryGrow(ref first, 5 * Page, 10 * Page));
        environment.Release(first, 10 * Page);
        Assert.That(environment.TryAllocate(10 * Page, 10 * Page, out WasmMemoryBlock all), "the released bytes can be had again");
        environment.Release(all, 10 * Page);
        Assert.That(memory.ChargedBytes, Is.Zero);
    }

    [Test]
    public void Environments_share_the_runtimes_cap()
    {
        using GuestMemory memory = new(maxBytes: 3 * MemoryCharge.SmallCharge);
        WasmMemoryAllocator one = memory.CreateAllocator();
        WasmMemoryAllocator other = memory.CreateAllocator();
        Assert.That(one.TryAllocate(17 * Page, 65536 * Page, out WasmMemoryBlock first));
        Assert.That(other.TryAllocate(17 * Page, 65536 * Page, out WasmMemoryBlock second));
        Assert.That(one.TryAllocate(17 * Page, 65536 * Page, out WasmMemoryBlock third));
        Assert.That(other.TryAllocate(Page, Page, out _), Is.False);
        one.Release(first, 17 * Page);
        Assert.That(other.TryAllocate(Page, Page, out WasmMemoryBlock small));
        one.Release(third, 17 * Page);
        other.Release(second, 17 * Page);
        other.Release(small, Page);
        Assert.That(memory.ChargedBytes, Is.Zero);
    }

    [Test]
    public void Growing_beyond_two_megabytes_counts_in_full()
    {
        using GuestMemory memory = new(maxBytes: 8 << 20);
        WasmMemoryAllocator environment = memory.CreateAllocator();
        Assert.That(environment.TryAllocate(Page, 65536 * Page, out WasmMemoryBlock block));
        Assert.That(environment.TryGrow(ref block, Page, 10 << 20), Is.False);
        Assert.That(memory.ChargedBytes, Is.EqualTo(MemoryCharge.Of(Page)));
        Assert.That(environment.TryGrow(ref block, Page, 9 << 20));
        environment.Release(block, 9 << 20);
        Assert.That(memory.ChargedBytes, Is.Zero);
    }

    [Test]
    public void What_the_system_refuses_is_not_counted()
    {
        using GuestMemory memory = new(maxBytes: long.MaxValue);
        WasmMemoryAllocator environment = memory.CreateAllocator();
        Assert.That(environment.TryAllocate(1L << 62, 1L << 62, out _), Is.False);
        Assert.That(environment.TryAllocate(Page, 1L << 62, out WasmMemoryBlock block));
        Assert.That(environment.TryGrow(ref block, Page, 1L << 62), Is.False);
        Assert.That(memory.ChargedBytes, Is.EqualTo(MemoryCharge.Of(Page)));
        environment.Release(block, Page);
    }

    [Test]
    public void The_guard_refuses_new_guests_and_growth_but_not_release()
    {
        long resident = 0;
        Quota lengths = new(long.MaxValue);
        Quota charges = new(long.MaxValue);
        using ResidentMemoryGuard guard = new(1000, () => resident);
        BudgetedMemoryAllocator allocator = new(WasmMemoryAllocator.Default, lengths, charges, guard);
        Assert.That(allocator.TryAllocate(1024 * Page, 4096 * Page, out WasmMemoryBlock block));
        resident = 2000;
        Assert.That(allocator.TryGrow(ref block, 1024 * Page, 2048 * Page), Is.False);
        Assert.That(allocator.TryAllocate(Page, Page, out _), Is.False);
        allocator.Release(block, 1024 * Page);
        Assert.That(lengths.Used, Is.Zero);
        Assert.That(charges.Used, Is.Zero);
    }

    [Test]
    [Platform("Linux")]
    public void Three_hundred_thousand_small_guests_are_admitted_to_ten_gigabytes_and_need_few_mappings()
    {
        using GuestMemory memory = new(maxBytes: 10_000_000_000);
        WasmMemoryAllocator environment = memory.CreateAllocator();
        WasmMemoryBlock[] blocks = new WasmMemoryBlock[300_000];
        int admitted = 0;
        while (admitted < blocks.Length && environment.TryAllocate(17 * Page, 65536 * Page, out blocks[admitted]))
            admitted++;
        int mappings = File.ReadLines("/proc/self/maps").Count();
        for (int index = 0; index < admitted; index++)
            environment.Release(blocks[index], 17 * Page);
        Assert.That(admitted, Is.EqualTo(blocks.Length));
        Assert.That(mappings, Is.LessThan(10_000));
        Assert.That(memory.ChargedBytes, Is.Zero);
    }

    [Test]
    public void The_default_cap_is_three_quarters_of_the_available_memory()
    {
        using GuestMemory memory = new();
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        Assert.That(memory.MaxBytes, Is.EqualTo(available * 0.75).Within(16));
    }
}
