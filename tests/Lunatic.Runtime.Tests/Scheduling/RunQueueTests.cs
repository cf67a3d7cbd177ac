using Lunatic.Runtime.Scheduling;

namespace Lunatic.Runtime.Tests.Scheduling;

public sealed class RunQueueTests
{
    [Test]
    public void Items_come_out_in_order_and_no_more_than_fit()
    {
        var queue = new RunQueue();
        Item[] items = [.. Enumerable.Range(0, RunQueue.Capacity).Select(_ => new Item())];
        foreach (Item item in items)
            Assert.That(queue.TryAdd(item), Is.True);

        Assert.That(queue.TryAdd(new Item()), Is.False);
        Assert.That(items.Select(_ => queue.TryTake()), Is.EqualTo(items));
        Assert.That(queue.TryTake(), Is.Null);
    }

    [Test]
    public void A_thief_takes_half()
    {
        var victim = new RunQueue();
        var thief = new RunQueue();
        for (int i = 0; i < 10; i++)
            victim.TryAdd(new Item());

        Assert.That(thief.TrySteal(victim), Is.Not.Null);
        int stolen = 1, left = 0;
        while (thief.TryTake() is not null)
            stolen++;
        while (victim.TryTake() is not null)
            left++;
        Assert.That((stolen, left), Is.EqualTo((5, 5)));
    }

    [Test]
    public void Each_item_is_taken_once_by_an_owner_and_thieves_that_hammer_it()
    {
        const int Count = 200_000;
        var queue = new RunQueue();
        var items = new Item[Count];
        int taken = 0;
        Thread[] thieves = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            var own = new RunQueue();
            while (Volatile.Read(ref taken) < Count)
            {
                if (own.TrySteal(queue) is not { } item)
                {
                    Thread.Yield();
                    continue;
                }
                for (IRunnable? next = item; next is not null; next = own.TryTake())
                {
                    next.Run();
                    Interlocked.Increment(ref taken);
                }
            }
        }))];
        foreach (Thread thief in thieves)
            thief.Start();
        for (int i = 0; i < Count; i++)
        {
            items[i] = new Item();
            while (!queue.TryAdd(items[i]))
            {
                if (queue.TryTake() is { } own)
                {
                    own.Run();
                    Interlocked.Increment(ref taken);
                }
            }
        }
        foreach (Thread thief in thieves)
            Assert.That(thief.Join(TimeSpan.FromSeconds(60)), Is.True, $"only {taken} of {Count} items were taken");

        Assert.That(items.All(item => item.Runs == 1));
    }

    private sealed class Item : IRunnable
    {
        internal int Runs;

        public void Run() => Interlocked.Increment(ref Runs);
    }
}
