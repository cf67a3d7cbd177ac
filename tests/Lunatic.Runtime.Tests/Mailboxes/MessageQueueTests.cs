using Lunatic.Runtime.Mailboxes;

namespace Lunatic.Runtime.Tests.Mailboxes;

public sealed class MessageQueueTests
{
    [TestCase(10)]
    [TestCase(100)]
    [TestCase(2000)]
    public void Behaves_like_a_plain_list(int size)
    {
        var random = new Random(size);
        var queue = default(MessageQueue);
        List<Message> model = [];
        for (int step = 0; step < 20_000; step++)
        {
            if (model.Count < size && random.Next(3) > 0)
            {
                var message = new Message(random.Next(6), new byte[random.Next(4)]);
                queue.Add(message);
                model.Add(message);
                continue;
            }
            long[] tags = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(8))];
            long after = random.Next(4) == 0 ? queue.LastArrival - random.Next(size) : 0;
            Message? expected = model.Find(message => message.Arrival > after && (tags.Length == 0 || (message.Tag != Message.NoTag && tags.Contains(message.Tag))));

            Message? taken = random.Next(10) == 0 && tags.Length == 0 && after == 0 ? queue.Take() : queue.Take(tags, after);

            Assert.That(taken, Is.SameAs(expected));
            model.Remove(expected!);
            Assert.That((queue.Count, queue.Bytes), Is.EqualTo((model.Count, model.Sum(message => (long)message.Length))));
        }
    }
}
