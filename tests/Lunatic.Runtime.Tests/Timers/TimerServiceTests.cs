using Lunatic.Runtime.Testing;
using Lunatic.Runtime.Timers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lunatic.Runtime.Tests.Timers;

public sealed class TimerServiceTests
{
    [Test]
    public void Timers_fire_when_their_time_has_come_by_the_given_clock()
    {
        var clock = new VirtualTimeProvider();
        using var timers = new TimerService(clock, shards: 3, NullLogger.Instance);
        var late = new Node();
        var early = new Node();
        timers.Add(late, timers.DeadlineIn(TimeSpan.FromSeconds(90)));
        timers.Add(early, timers.DeadlineIn(5u));

        clock.Advance(TimeSpan.FromMilliseconds(4));
        Assert.That((early.Fired, late.Fired), Is.EqualTo((0, 0)));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That((early.Fired, late.Fired), Is.EqualTo((1, 0)));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.That((early.Fired, late.Fired), Is.EqualTo((1, 1)));
        Assert.That(clock.NextDue, Is.Null, "the clock's timer is still set");
    }

    [Test]
    public void A_cancelled_timer_does_not_fire()
    {
        var clock = new VirtualTimeProvider();
        using var timers = new TimerService(clock, shards: 1, NullLogger.Instance);
        var node = new Node();
        timers.Add(node, timers.DeadlineIn(5u));

        Assert.That(timers.Cancel(node), Is.True);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(node.Fired, Is.Zero);
        Assert.That(timers.Cancel(node), Is.False);
    }

    [TestCase(ulong.MaxValue)]
    [TestCase(ulong.MaxValue - 1)]
    [TestCase(1UL << 62)]
    public void Times_beyond_the_clock_never_come(ulong milliseconds)
    {
        using var timers = new TimerService(new VirtualTimeProvider(), shards: 1, NullLogger.Instance);

        Assert.That(timers.DeadlineIn(milliseconds), Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void Timers_that_are_set_at_disposal_are_discarded()
    {
        var timers = new TimerService(new VirtualTimeProvider(), shards: 2, NullLogger.Instance);
        var node = new Node();
        timers.Add(node, timers.DeadlineIn(5u));
        timers.Dispose();

        Assert.That((node.Fired, node.Discarded), Is.EqualTo((0, 1)));
    }

    private sealed class Node : TimerNode
    {
        internal int Fired { get; private set; }

        internal int Discarded { get; private set; }

        internal override void Fire() => Fired++;

        internal override void Discard() => Discarded++;
    }
}
