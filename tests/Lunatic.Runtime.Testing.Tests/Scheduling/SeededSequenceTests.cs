using Lunatic.Runtime.Testing.Scheduling;

namespace Lunatic.Runtime.Testing.Tests.Scheduling;

internal sealed class SeededSequenceTests
{
    // a seed in somebody's bug report must mean the same for ever
    [Test]
    public void The_sequence_of_a_seed_never_changes()
    {
        SeededSequence sequence = new(7, purpose: 1);

        Assert.That(new[] { sequence.Next(), sequence.Next() }, Is.EqualTo(new[] { 13752727029289114663UL, 3834638420769360875UL }));
    }

    [Test]
    public void Seeds_and_purposes_give_different_sequences()
    {
        ulong[] firsts = [.. from seed in Enumerable.Range(-50, 100) from purpose in Enumerable.Range(1, 3) select new SeededSequence(seed, purpose).Next()];

        Assert.That(firsts, Is.Unique);
    }

    [Test]
    public void Numbers_below_a_limit_and_events_of_a_probability_come_evenly()
    {
        SeededSequence sequence = new(1, purpose: 1);
        int[] counts = new int[10];
        int happened = 0;
        for (int i = 0; i < 100_000; i++)
        {
            counts[sequence.Next(10)]++;
            happened += sequence.Happens(0.25) ? 1 : 0;
        }

        Assert.That(counts, Is.All.InRange(9_600, 10_400));
        Assert.That(happened, Is.InRange(24_400, 25_600));
        Assert.That(sequence.Happens(0), Is.False);
        Assert.That(sequence.Happens(1));
    }
}
