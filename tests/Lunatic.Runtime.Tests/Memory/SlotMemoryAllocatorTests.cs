using Lunatic.Runtime.Memory;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Memory;

/// <summary>The slots, with and without the calls that only newer systems have.</summary>
[Platform("Linux")]
[TestFixture(true)]
[TestFixture(false)]
public sealed unsafe class SlotMemoryAllocatorTests(bool useNewCalls)
{
    private const long Page = 65536;
    private const long Unlimited = 65536 * Page;
    private const long RustGuest = 17 * Page;

    private SlotMemoryAllocator _slots = null!;

    [SetUp]
    public void CreateSlots()
    {
        if (useNewCalls)
        {
            using SlotCleaner cleaner = new();
            if (!cleaner.KnowsTouchedPages)
                Assert.Ignore("the system does not tell which pages were touched (PAGEMAP_SCAN, Linux 6.7)");
        }
        _slots = new SlotMemoryAllocator(useNewCalls: useNewCalls);
    }

    [TearDown]
    public void DisposeSlots() => _slots?.Dispose();

    [TestCase(Page, Page)]
    [TestCase(Page, Unlimited)]
    [TestCase(RustGuest, Unlimited)]
    [TestCase(100 * Page, Unlimited)]
    [TestCase(1024 * Page, Unlimited)]
    public void A_reused_slot_shows_no_byte_of_its_former_owner(long bytes, long maximum)
    {
        Assert.That(_slots.TryAllocate(bytes, maximum, out WasmMemoryBlock former));
        byte* address = former.Address;
        Span(former, 0, bytes).Fill(0xA5);
        _slots.Release(former, bytes);
        Assert.That(_slots.TryAllocate(bytes, maximum, out WasmMemoryBlock reused));
        Assert.That(reused.Address == address, "the slot was not reused");
        Assert.That(Span(reused, 0, bytes).ContainsAnyExcept((byte)0), Is.False);
        _slots.Release(reused, bytes);
    }

    [Test]
    public void A_longer_owner_leaves_nothing_to_a_shorter_one_that_grows()
    {
        Assert.That(_slots.TryAllocate(RustGuest, Unlimited, out WasmMemoryBlock former));
        Assert.That(_slots.TryGrow(ref former, RustGuest, 800 * Page));
        Span(former, 0, 800 * Page).Fill(0xA5);
        _slots.Release(former, 800 * Page);
        Assert.That(_slots.TryAllocate(Page, Unlimited, out WasmMemoryBlock reused));
        Assert.That(_slots.TryGrow(ref reused, Page, 800 * Page));
        Assert.That(Span(reused, 0, 800 * Page).ContainsAnyExcept((byte)0), Is.False);
        _slots.Release(reused, 800 * Page);
    }

    [Test]
    public void Scattered_bytes_are_found()
    {
        // More separate pages than one answer of the system holds.
        for (int round = 0; round < 3; round++)
        {
            Assert.That(_slots.TryAllocate(RustGuest, Unlimited, out WasmMemoryBlock block));
            Assert.That(Span(block, 0, RustGuest).ContainsAnyExcept((byte)0), Is.False, $"round {round}");
            for (long offset = 0; offset < RustGuest; offset += 2 * 4096)
                block.Address[offset + 17 * round] = 1;
            _slots.Release(block, RustGuest);
        }
    }

    [Test]
    public void Growth_within_the_slot_does_not_move_and_beyond_it_keeps_the_contents()
    {
        Assert.That(_slots.TryAllocate(RustGuest, Unlimited, out WasmMemoryBlock block));
        byte* slot = block.Address;
        block.Address[123] = 1;
        Assert.That(_slots.TryGrow(ref block, RustGuest, SlotMemoryAllocator.StandardBytes));
        Assert.That(block.Address == slot);
        block.Address[SlotMemoryAllocator.StandardBytes - 1] = 2;

        long length = SlotMemoryAllocator.StandardBytes + Page;
        Assert.That(_slots.TryGrow(ref block, SlotMemoryAllocator.StandardBytes, length));
        Assert.That(block.Address != slot);
        Assert.That(block.Capacity, Is.EqualTo(Unlimited), "a 32-bit memory moves once");
        Assert.That(block.Address[123], Is.EqualTo(1));
        Assert.That(block.Address[SlotMemoryAllocator.StandardBytes - 1], Is.EqualTo(2));
        Assert.That(Span(block, SlotMemoryAllocator.StandardBytes, Page).ContainsAnyExcept((byte)0), Is.False);
        Assert.That(_slots.TryGrow(ref block, length, Unlimited));
        block.Address[Unlimited - 1] = 3;

        Assert.That(_slots.TryAllocate(SlotMemoryAllocator.StandardBytes, Unlimited, out WasmMemoryBlock next));
        Assert.That(next.Address == slot, "the slot that was left is free again");
        Assert.That(Span(next, 0, SlotMemoryAllocator.StandardBytes).ContainsAnyExcept((byte)0), Is.False);
        _slots.Release(next, SlotMemoryAllocator.StandardBytes);
        _slots.Release(block, Unlimited);
        Assert.That(_slots.Mappings, Is.EqualTo(1), "only the arena is left");
    }

    [Test]
    public void A_memory_that_outgrows_its_own_mapping_moves_again()
    {
        Assert.That(_slots.TryAllocate(2000 * Page, 2000 * Page, out WasmMemoryBlock block));
        block.Address[2000 * Page - 1] = 7;
        Assert.That(_slots.TryGrow(ref block, 2000 * Page, 3000 * Page));
        Assert.That(block.Address[2000 * Page - 1], Is.EqualTo(7));
        block.Address[3000 * Page - 1] = 8;
        _slots.Release(block, 3000 * Page);

        Assert.That(_slots.TryAllocate(RustGuest, RustGuest, out block));
        block.Address[9] = 9;
        Assert.That(_slots.TryGrow(ref block, RustGuest, 2000 * Page));
        block.Address[2000 * Page - 1] = 7;
        Assert.That(_slots.TryGrow(ref block, 2000 * Page, 3000 * Page));
        Assert.That(block.Address[9], Is.EqualTo(9));
        Assert.That(block.Address[2000 * Page - 1], Is.EqualTo(7));
        block.Address[3000 * Page - 1] = 8;
        _slots.Release(block, 3000 * Page);
        Assert.That(_slots.Mappings, Is.EqualTo(1));
    }

    [Test]
    public void A_tiny_memory_has_a_tiny_slot()
    {
        Assert.That(_slots.TryAllocate(0, Page, out WasmMemoryBlock first));
        Assert.That(_slots.TryAllocate(Page, Page, out WasmMemoryBlock second));
        Assert.That(first.Capacity, Is.EqualTo(Page));
        Assert.That(second.Address - first.Address, Is.EqualTo(Page));
        Assert.That(_slots.TryGrow(ref first, 0, Page));
        _slots.Release(first, Page);
        _slots.Release(second, Page);
    }

    [Test]
    public void Without_mappings_left_growth_and_new_arenas_are_refused_and_nothing_changes()
    {
        using SlotMemoryAllocator few = new(maxMappings: 1, useNewCalls);
        Assert.That(few.TryAllocate(RustGuest, Unlimited, out WasmMemoryBlock block));
        block.Address[5] = 5;
        Assert.That(few.TryGrow(ref block, RustGuest, 2000 * Page), Is.False);
        Assert.That(block.Address[5], Is.EqualTo(5));
        Assert.That(few.TryGrow(ref block, RustGuest, 1000 * Page));
        Assert.That(few.TryAllocate(2000 * Page, Unlimited, out _), Is.False);
        Assert.That(few.TryAllocate(Page, Page, out _), Is.False, "a tiny slot needs a second arena");
        few.Release(block, 1000 * Page);
    }

    [Test]
    public void More_than_there_is_is_refused_and_changes_nothing()
    {
        Assert.That(_slots.TryAllocate(long.MaxValue, long.MaxValue, out _), Is.False);
        Assert.That(_slots.TryAllocate(Page, long.MaxValue, out WasmMemoryBlock block));
        block.Address[5] = 5;
        Assert.That(_slots.TryGrow(ref block, Page, long.MaxValue), Is.False);
        Assert.That(_slots.TryGrow(ref block, Page, 1L << 60), Is.False);
        Assert.That(block.Address[5], Is.EqualTo(5));
        _slots.Release(block, Page);
        Assert.That(_slots.Mappings, Is.EqualTo(1));
    }

    [Test]
    public void Releasing_twice_is_an_error_and_harms_nobody()
    {
        Assert.That(_slots.TryAllocate(Page, Unlimited, out WasmMemoryBlock block));
        _slots.Release(block, Page);
        Assert.That(() => _slots.Release(block, Page), Throws.InvalidOperationException);
        Assert.That(() => _slots.TryGrow(ref block, Page, 2 * Page), Throws.InvalidOperationException);
    }

    [Test]
    public void Many_memories_need_few_mappings_and_give_them_back()
    {
        int before = MappingsOfTheProcess();
        WasmMemoryBlock[] blocks = new WasmMemoryBlock[3000];
        for (int index = 0; index < blocks.Length; index++)
        {
            Assert.That(_slots.TryAllocate(RustGuest, Unlimited, out blocks[index]));
            blocks[index].Address[(1 << 20) - 64] = 1;
        }
        Assert.That(MappingsOfTheProcess() - before, Is.LessThan(200));
        Assert.That(_slots.Mappings, Is.EqualTo(47), "64 slots an arena");
        foreach (WasmMemoryBlock block in blocks)
            _slots.Release(block, RustGuest);
        Assert.That(_slots.Mappings, Is.LessThan(20), "arenas without a used slot are given back, but for a few");
    }

    [Test]
    public void Memories_that_moved_stay_within_the_mapping_budget()
    {
        int before = MappingsOfTheProcess();
        for (int round = 0; round < 300; round++)
        {
            Assert.That(_slots.TryAllocate(RustGuest, Unlimited, out WasmMemoryBlock block));
            Assert.That(_slots.TryGrow(ref block, RustGuest, 2000 * Page));
            block.Address[2000 * Page - 1] = 1;
            _slots.Release(block, 2000 * Page);
        }
        Assert.That(_slots.Mappings, Is.EqualTo(1));
        Assert.That(MappingsOfTheProcess() - before, Is.LessThan(100));
    }

    [Test]
    public void Disposing_returns_all_addresses_and_what_is_in_use_when_it_is_released()
    {
        SlotMemoryAllocator slots = new(useNewCalls: useNewCalls);
        Assert.That(slots.TryAllocate(RustGuest, Unlimited, out WasmMemoryBlock living));
        Assert.That(slots.TryAllocate(Page, Page, out WasmMemoryBlock tiny));
        slots.Release(tiny, Page);
        living.Address[0] = 1;
        slots.Dispose();
        Assert.That(slots.Mappings, Is.EqualTo(1));
        Assert.That(living.Address[0], Is.EqualTo(1), "a guest that is still there keeps its memory");
        slots.Release(living, RustGuest);
        Assert.That(slots.Mappings, Is.Zero);
        Assert.That(() => slots.TryAllocate(Page, Page, out _), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Two_threads_that_take_grow_and_release_never_see_a_foreign_byte()
    {
        int dirty = 0;
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, thread =>
        {
            Random random = new(thread + 1);
            Queue<(WasmMemoryBlock Block, long Length)> held = new();
            for (int round = 0; round < 1500; round++)
            {
                bool tiny = random.Next(4) == 0;
                long length = tiny ? Page : random.Next(1, 40) * Page;
                if (!_slots.TryAllocate(length, tiny ? Page : Unlimited, out WasmMemoryBlock block))
                    throw new InvalidOperationException("refused without a reason");
                dirty += Span(block, 0, length).ContainsAnyExcept((byte)0) ? 1 : 0;
                if (!tiny && random.Next(3) == 0)
                {
                    long longer = random.Next(50) == 0 ? 1030 * Page : length + random.Next(1, 30) * Page;
                    if (!_slots.TryGrow(ref block, length, longer))
                        throw new InvalidOperationException("growth refused without a reason");
                    dirty += Span(block, length, longer - length).ContainsAnyExcept((byte)0) ? 1 : 0;
                    length = longer;
                }
                for (int write = random.Next(60); write > 0; write--)
                    block.Address[random.NextInt64(length)] = (byte)(thread + 1);
                held.Enqueue((block, length));
                if (held.Count > random.Next(200))
                    ReleaseOne(held);
            }
            while (held.Count > 0)
                ReleaseOne(held);
        });
        Assert.That(dirty, Is.Zero);
    }

    private void ReleaseOne(Queue<(WasmMemoryBlock Block, long Length)> held)
    {
        (WasmMemoryBlock block, long length) = held.Dequeue();
        _slots.Release(block, length);
    }

    private static Span<byte> Span(in WasmMemoryBlock block, long from, long bytes) => new(block.Address + from, checked((int)bytes));

    private static int MappingsOfTheProcess() => File.ReadLines("/proc/self/maps").Count();
}
