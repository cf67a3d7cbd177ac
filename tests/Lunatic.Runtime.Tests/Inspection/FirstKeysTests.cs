using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Testing;

namespace Lunatic.Runtime.Tests.Inspection;

internal sealed class FirstKeysTests
{
    [Test]
    public async Task The_first_of_many_are_what_sorting_all_of_them_gives([Values(0, 1, 50, 600, 2_000, 20_000)] int count, [Values] bool descending, [Values("random", "rising", "falling", "equal")] string order)
    {
        await using var runtime = new DeterministicRuntime(seed: 1);
        var process = (ProcessBase)runtime.Runtime.CreateEnvironment().Spawn(static _ => Task.CompletedTask);
        Random random = new(7);
        long[] numbers = [.. Enumerable.Range(0, 10_000).Select(i => order switch
        {
            "rising" => i,
            "falling" => -i,
            "equal" => 1,
            _ => random.NextInt64(5_000),
        })];
        var first = new FirstKeys(count, descending);

        foreach (long number in numbers)
            first.Add(new SortKey(null, number, process));

        IEnumerable<long> sorted = descending ? numbers.OrderDescending() : numbers.Order();
        Assert.That(first.Sort().ToArray().Select(static key => key.Number), Is.EqualTo(sorted.Take(count)));
        first.Dispose();
    }
}
