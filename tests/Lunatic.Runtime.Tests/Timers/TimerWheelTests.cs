using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime.Tests.Timers;

public sealed class TimerWheelTests
{
    [TestCase(1, 200)]
    [TestCase(2, 100_000)]
    [TestCase(3, 50_000_000)]
    [TestCase(4, 20_000_000_000)]
    public void Every_node_is_due_at_its_time_and_no_other(int seed, long span)
    {
        var random = new Random(seed);
        var wheel = new TimerWheel();
        HashSet<Node> waiting = [];
        for (int round = 0; round < 200; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                var node = new Node();
                wheel.Add(node, wheel.Now + random.NextInt64(span));
                waiting.Add(node);
            }
            if (waiting.Count > 0 && random.Next(2) == 0)
            {
                Node cancelled = waiting.First();
                Assert.That(wheel.Remove(cancelled), Is.True);
                Assert.That(wheel.Remove(cancelled), Is.False);
                waiting.Remove(cancelled);
            }
            long target = wheel.Now + random.NextInt64(span / 10);
            List<TimerNode> due = [];
            wheel.AdvanceTo(target, due);

            Node[] expected = [.. waiting.Where(node => node.Due <= target)];
            Assert.That(due, Is.EquivalentTo(expected));
            Assert.That(due, Is.Ordered.By(nameof(Node.DueTime)));
            waiting.ExceptWith(expected);
            Assert.That(wheel.Count, Is.EqualTo(waiting.Count));
            Assert.That(wheel.NextStop(), Is.LessThanOrEqualTo(waiting.Count == 0 ? long.MaxValue : waiting.Min(node => node.Due)));
        }
    }

    [Test]
    public void A_node_that_is_due_already_fires_at_the_next_tick()
    {
        var wheel = new TimerWheel();
        wheel.AdvanceTo(1000, []);
        var node = new Node();
        wheel.Add(node, 5);
        List<TimerNode> due = [];
        wheel.AdvanceTo(1001, due);

        Assert.That(due, Is.EqualTo(new[] { node }));
    }

    private sealed class Node : TimerNode
    {
        public long DueTime => Due;

        internal override void Fire()
        {
        }
    }
}
