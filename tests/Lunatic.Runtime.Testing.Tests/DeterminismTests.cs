using Lunatic.Runtime.Testing.Tests.Guests;

namespace Lunatic.Runtime.Testing.Tests;

internal sealed class DeterminismTests
{
    private static async Task<(string Told, RunTrace Trace)> RunAsync(int seed, ExecutionMode mode = ExecutionMode.Tiered)
    {
        string told = "";
        RunTrace trace = await DeterministicRuntime.RunAsync(
            seed, async test => told = await TestSystem.RunAsync(test), new DeterministicOptions { Runtime = new LunaticRuntimeOptions { ExecutionMode = mode } });
        return (told, trace);
    }

    [Test]
    public async Task The_same_seed_gives_the_same_trace_and_the_same_results([Range(1, 20)] int seed)
    {
        (string told, RunTrace trace) = await RunAsync(seed);
        (string again, RunTrace second) = await RunAsync(seed);

        Assert.That(second.ToString(), Is.EqualTo(trace.ToString()));
        Assert.That(second.Fingerprint, Is.EqualTo(trace.Fingerprint));
        Assert.That(again, Is.EqualTo(told));
    }

    [Test]
    public async Task Other_seeds_give_other_runs()
    {
        HashSet<ulong> fingerprints = [];
        HashSet<string> told = [];
        for (int seed = 1; seed <= 50; seed++)
        {
            (string answers, RunTrace trace) = await RunAsync(seed);
            fingerprints.Add(trace.Fingerprint);
            told.Add(answers);
        }

        Assert.That(fingerprints, Has.Count.EqualTo(50));
        Assert.That(told, Has.Count.EqualTo(50), "random bytes of guests");
    }

    [Test]
    public async Task A_run_is_the_same_in_all_modes_of_execution([Range(1, 5)] int seed)
    {
        (string told, RunTrace trace) = await RunAsync(seed, ExecutionMode.Interpreted);
        foreach (ExecutionMode mode in new[] { ExecutionMode.Compiled, ExecutionMode.Tiered })
        {
            (string again, RunTrace other) = await RunAsync(seed, mode);
            Assert.That(other.ToString(), Is.EqualTo(trace.ToString()), $"{mode}");
            Assert.That(other.Fingerprint, Is.EqualTo(trace.Fingerprint), $"fuel in mode {mode}");
            Assert.That(again, Is.EqualTo(told));
        }
    }

    [Test]
    public async Task The_clock_of_guests_is_the_virtual_one()
    {
        (string told, _) = await RunAsync(1);

        // the start of 2000 in nanoseconds since 1970, and at most some milliseconds later
        ulong start = 946_684_800_000_000_000;
        foreach (string answer in told.Split(' '))
        {
            ulong time = BitConverter.ToUInt64(Convert.FromHexString(answer), 8);
            Assert.That(time, Is.InRange(start, start + 1_000_000_000));
            Assert.That(time % 1_000_000, Is.Zero);
        }
    }

    [Test]
    public async Task The_trace_keeps_the_last_events_and_counts_all()
    {
        RunTrace all = await DeterministicRuntime.RunAsync(1, TestSystem.RunAsync);
        RunTrace few = await DeterministicRuntime.RunAsync(1, TestSystem.RunAsync, new DeterministicOptions { TraceCapacity = 10 });

        Assert.That(few.Count, Is.EqualTo(all.Count).And.GreaterThan(10));
        Assert.That(few.Fingerprint, Is.EqualTo(all.Fingerprint));
        Assert.That(few.Last(100), Is.EqualTo(all.Last(10)));
        Assert.That(all.ToString(), Does.Contain("1.1 'dice' runs").And.Contain("16 bytes with tag 5").And.Contain("failed as planned").And.Contain("the clock moves on"));
    }
}
