using Lunatic.Runtime.Mailboxes;

namespace Lunatic.Runtime.Tests.Mailboxes;

public sealed class MessageQueueIndexTests
{
    [Test]
    public void Messages_that_arrive_after_the_queue_shrank_below_the_limit_are_still_found_by_tag()
    {
        MessageQueue queue = default;
        for (int number = 0; number < MessageQueue.LinearLimit + 10; number++)
            queue.Add(new Message(1, []));
        for (int number = 0; number < 20; number++)
            Assert.That(queue.Take(), Is.Not.Null);
        Message late = new(2, []);
        queue.Add(late);
        Assert.That(queue.Take([2L]), Is.SameAs(late));
    }

    [Test]
    public void Any_order_of_arrivals_and_takes_around_the_limit_gives_what_a_plain_list_gives()
    {
        Random random = new(1);
        MessageQueue queue = default;
        List<Message> list = [];
        for (int round = 0; round < 20_000; round++)
        {
            if (random.Next(100) < (round / 100 % 2 == 0 ? 60 : 40))
            {
                Message message = new(random.Next(4), []);
                queue.Add(message);
                list.Add(message);
                continue;
            }
            long[] tags = [.. Enumerable.Range(0, random.Next(3)).Select(_ => (long)random.Next(1, 4))];
            Message? expected = list.Find(message => tags.Length == 0 || tags.Contains(message.Tag));
            Assert.That(queue.Take(tags), Is.SameAs(expected), $"round {round}, {list.Count} messages, tags {string.Join(' ', tags)}");
            if (expected is not null)
                list.Remove(expected);
            Assert.That(queue.Count, Is.EqualTo(list.Count));
        }
    }
}
