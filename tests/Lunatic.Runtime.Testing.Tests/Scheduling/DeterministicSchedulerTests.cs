namespace Lunatic.Runtime.Testing.Tests.Scheduling;

public sealed class DeterministicSchedulerTests
{
    private static async Task<string> Trace(int seed)
    {
        await using var runtime = new DeterministicRuntime(seed);
        LunaticEnvironment environment = runtime.Runtime.CreateEnvironment();
        var trace = new System.Text.StringBuilder();
        LunaticProcess[] racers = [.. Enumerable.Range(0, 5).Select(number => environment.Spawn(async context =>
        {
            for (int i = 0; i < 5; i++)
            {
                trace.Append(number);
                await context.SleepAsync(TimeSpan.FromMilliseconds(10));
            }
        }))];
        foreach (LunaticProcess racer in racers)
            runtime.Run(racer.Completion);
        return $"{trace} {runtime.Steps} {runtime.Time.Elapsed}";
    }

    [Test]
    public async Task The_same_seed_gives_the_same_run()
    {
        string first = await Trace(3);

        Assert.That(await Trace(3), Is.EqualTo(first));
    }

    [Test]
    public async Task Other_seeds_give_other_runs() => Assert.That(await Trace(3), Is.Not.EqualTo(await Trace(4)));

    [Test]
    public async Task A_part_of_the_test_goes_on_among_the_processes()
    {
        await using var runtime = new DeterministicRuntime(1);
        LunaticEnvironment environment = runtime.CreateEnvironment();

        int result = runtime.Run(async () =>
        {
            LunaticProcess[] some = [.. Enumerable.Range(1, 3).Select(number => environment.Spawn(context => context.SleepAsync(TimeSpan.FromSeconds(number)).AsTask()))];
            await Task.WhenAll(some.Select(process => process.Completion));
            return some.Length;
        });

        Assert.That(result, Is.EqualTo(3));
        Assert.That(runtime.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task The_clock_moves_only_when_all_wait()
    {
        await using var runtime = new DeterministicRuntime(1);
        LunaticProcess process = runtime.Runtime.CreateEnvironment().Spawn(async context => await context.SleepAsync(TimeSpan.FromDays(1000)));
        runtime.RunUntilIdle();
        Assert.That(runtime.Time.Elapsed, Is.EqualTo(TimeSpan.Zero));

        runtime.Advance(TimeSpan.FromDays(999));
        Assert.That(process.HasEnded, Is.False);
        runtime.Advance(TimeSpan.FromDays(1));
        Assert.That(process.HasEnded);
    }
}
