using Lunatic.Runtime.Testing.Tests.Guests;

namespace Lunatic.Runtime.Testing.Tests.Faults;

internal sealed class RandomFaultsTests
{
    private static async Task<(int Injected, RunTrace Trace)> RunAsync(int seed, RandomFaults faults, Func<DeterministicRuntime, LunaticEnvironment, Task> body)
    {
        int injected = 0;
        RunTrace trace = await DeterministicRuntime.RunAsync(seed, async test =>
        {
            test.Faults.Randomly(faults);
            await body(test, test.CreateEnvironment());
            injected = test.Faults.Injected;
        });
        return (injected, trace);
    }

    private static async Task SendHundredAsync(DeterministicRuntime test, LunaticEnvironment environment)
    {
        int received = 0;
        LunaticProcess receiver = environment.Spawn(async context =>
        {
            while (await context.ReceiveAsync(TimeSpan.FromSeconds(10)) is not null)
                received++;
        });
        LunaticProcess sender = environment.Spawn(async context =>
        {
            for (int i = 0; i < 100; i++)
            {
                receiver.Send(1, []);
                await context.SleepAsync(TimeSpan.FromMilliseconds(1));
            }
        });
        await Task.WhenAll(sender.Completion, receiver.Completion);
        int lost = test.Trace.Last(int.MaxValue).Count(line => line.EndsWith("is lost", StringComparison.Ordinal));
        if (receiver.Completion.Result == ExitReason.Returned && sender.Completion.Result == ExitReason.Returned)
            Assert.That(received, Is.EqualTo(100 - lost));
    }

    [Test]
    public async Task Messages_are_lost_and_delayed_as_often_as_said()
    {
        int lost = 0, delayed = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            string text = (await RunAsync(seed, new RandomFaults { Drop = 0.1, Delay = 0.2, MaxDelay = TimeSpan.FromMilliseconds(50) }, SendHundredAsync)).Trace.ToString();
            lost += text.Split("is lost").Length - 1;
            delayed += text.Split("is delayed by 00:00:00.0").Length - 1;
        }

        // 2,000 messages
        Assert.That(lost, Is.InRange(150, 250));
        Assert.That(delayed, Is.InRange(290, 430));
    }

    [Test]
    public async Task Random_faults_are_the_same_for_the_same_seed([Range(1, 10)] int seed)
    {
        RandomFaults faults = new() { Kill = 0.02, Drop = 0.1, Delay = 0.1 };
        (int injected, RunTrace trace) = await RunAsync(seed, faults, SendHundredAsync);
        (_, RunTrace again) = await RunAsync(seed, faults, SendHundredAsync);

        Assert.That(again.ToString(), Is.EqualTo(trace.ToString()));
        Assert.That(injected, Is.Positive);
    }

    [Test]
    public async Task There_are_no_more_than_said_and_only_where_said()
    {
        (int injected, RunTrace trace) = await RunAsync(
            1, new RandomFaults { Kill = 1, Drop = 1, MaxFaults = 7, Processes = ProcessFilter.Where(process => process.Id.LocalId == 1) }, async (test, environment) =>
            {
                LunaticProcess first = environment.Spawn(_ => Task.CompletedTask), second = environment.Spawn(_ => Task.CompletedTask);
                ExitReason[] reasons = await Task.WhenAll(first.Completion, second.Completion);
                Assert.That(reasons, Is.EqualTo(new[] { ExitReason.Killed, ExitReason.Returned }));
                Probe probe = test.CreateProbe(environment);
                for (int i = 0; i < 10; i++)
                    probe.Process.Send(1, []);
            });

        Assert.That(injected, Is.EqualTo(1), trace.ToString());
        (injected, _) = await RunAsync(1, new RandomFaults { Drop = 1, MaxFaults = 7 }, SendHundredAsync);
        Assert.That(injected, Is.EqualTo(7));
    }

    [Test]
    public async Task Guests_are_refused_memory()
    {
        (int injected, _) = await RunAsync(1, new RandomFaults { RefuseMemory = 0.5 }, async (test, environment) =>
        {
            Probe probe = test.CreateProbe(environment);
            LunaticProcess grower = await environment.SpawnAsync(TestGuests.Grower, "serve");
            for (int i = 0; i < 40; i++)
            {
                grower.Send(1, BitConverter.GetBytes(probe.Process.Id.LocalId));
                await probe.ExpectTagAsync(5);
            }
        });

        Assert.That(injected, Is.InRange(8, 32));
    }

    [Test]
    public async Task A_supervised_system_recovers_from_random_kills_whatever_the_seed() => await DeterministicRuntime.ExploreAsync(50, async test =>
    {
        LunaticEnvironment environment = test.CreateEnvironment();
        test.Faults.Randomly(new RandomFaults { Kill = 0.1, Processes = ProcessFilter.Where(process => process.Id.LocalId != 1), MaxFaults = 20 });
        await environment.SuperviseAsync("root", tree => tree.WithRestartLimit(1_000, TimeSpan.FromSeconds(1)).AddProcess("echo", EchoAsync, child => child.RegisterAs = "echo"));
        for (int i = 0; i < 50; i++)
        {
            environment.FindProcess("echo")?.Send(1, []);
            await test.DelayAsync(TimeSpan.FromMilliseconds(10));
        }
        test.Faults.StopRandomly();
        await test.DelayAsync(TimeSpan.FromSeconds(10));
        if (environment.FindProcess("echo") is not { HasEnded: false })
            throw new InvalidOperationException("the child did not come back");
    });

    private static async Task EchoAsync(NativeProcessContext context)
    {
        while (true)
            await context.ReceiveAsync();
    }
}
