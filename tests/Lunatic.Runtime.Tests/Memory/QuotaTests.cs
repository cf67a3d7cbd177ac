using Lunatic.Runtime.Memory;

namespace Lunatic.Runtime.Tests.Memory;

public sealed class QuotaTests
{
    [Test]
    public void Takes_up_to_the_limit_and_not_one_more()
    {
        Quota quota = new(100);
        Assert.That(quota.TryTake(60));
        Assert.That(quota.TryTake(41), Is.False);
        Assert.That(quota.Used, Is.EqualTo(60));
        Assert.That(quota.TryTake(40));
        Assert.That(quota.TryTake(1), Is.False);
        Assert.That(quota.TryTake(0));
        quota.Return(100);
        Assert.That(quota.Used, Is.Zero);
    }

    [Test]
    public void Amounts_beyond_64_bits_together_do_not_wrap_around()
    {
        Quota quota = new(long.MaxValue);
        Assert.That(quota.TryTake(long.MaxValue - 1));
        Assert.That(quota.TryTake(long.MaxValue), Is.False);
        Assert.That(quota.TryTake(2), Is.False);
        Assert.That(quota.TryTake(1));
    }

    [Test]
    public void Returning_what_was_not_taken_is_an_error() =>
        Assert.That(() => new Quota(10).Return(1), Throws.InvalidOperationException);

    [Test]
    public void Two_threads_never_overshoot_the_limit()
    {
        Quota quota = new(1000);
        long worst = 0;
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, thread =>
        {
            for (int round = 0; round < 100_000; round++)
            {
                long units = 300 + thread * 250;
                if (!quota.TryTake(units))
                    continue;
                InterlockedMax(ref worst, quota.Used);
                quota.Return(units);
            }
        });
        Assert.That(worst, Is.InRange(300, 1000));
        Assert.That(quota.Used, Is.Zero);
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (long seen = Volatile.Read(ref target); value > seen;)
            seen = Interlocked.CompareExchange(ref target, value, seen) is var now && now == seen ? value : now;
    }
}
