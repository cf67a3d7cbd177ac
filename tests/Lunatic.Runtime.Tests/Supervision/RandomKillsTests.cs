using Lunatic.Runtime.Supervision;
using Lunatic.Runtime.Testing;

namespace Lunatic.Runtime.Tests.Supervision;

/// <summary>Kills children, nested supervisors and siblings at random moments of virtual time, and checks what must hold whatever happens.</summary>
internal sealed class RandomKillsTests
{
    private const int Kills = 60;

    [Test]
    public async Task Whatever_is_killed_the_tree_comes_back_in_order_and_nothing_leaks([Values] RestartStrategy strategy, [Range(1, 12)] int seed)
    {
        await using DeterministicRuntime runtime = new(seed);
        LunaticEnvironment environment = runtime.Runtime.CreateEnvironment();
        Journal journal = new(strategy);
        Supervisor root = runtime.Run(environment.SuperviseAsync("root", tree => Describe(tree.OnEvent(journal.Note), strategy)));
        Random random = new(seed);

        for (int i = 0; i < Kills; i++)
        {
            LunaticProcess[] alive = [.. environment.Processes.Where(process => process != root.Process)];
            if (alive.Length > 0)
                alive[random.Next(alive.Length)].Kill();
            for (int steps = random.Next(20); steps > 0 && runtime.RunSlice(); steps--)
            {
            }
            if (random.Next(3) == 0)
                runtime.Advance(TimeSpan.FromMilliseconds(random.Next(300)));
        }
        runtime.Advance(TimeSpan.FromMinutes(1));

        AssertWhole(root, environment);
        Assert.That(root.Children.Sum(child => child.Restarts), Is.EqualTo(journal.Restarts), "restarts that were told");
        runtime.Run(root.StopAsync());
        runtime.RunUntilIdle();
        Assert.That(journal.LastStops, Is.EqualTo(new[] { "pool", "c", "b", "a" }));
        Assert.That(environment.ProcessCount, Is.Zero, "processes that leaked");
    }

    private static void Describe(SupervisorBuilder tree, RestartStrategy strategy) => tree
        .WithStrategy(strategy)
        .WithRestartLimit(10_000, TimeSpan.FromSeconds(10))
        .WithBackoff(RestartBackoff.Exponential(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1)))
        .AddProcess("a", UntilStopped, child => child.RegisterAs = "a")
        .AddProcess("b", SlowlyStopped)
        .AddProcess("c", static async context => await context.ReceiveAsync())
        .AddSupervisor("pool", pool => pool
            .WithStrategy(RestartStrategy.OneForAll).WithRestartLimit(2, TimeSpan.FromMilliseconds(100)).AddProcess("x", UntilStopped).AddProcess("y", UntilStopped));

    private static void AssertWhole(Supervisor root, LunaticEnvironment environment)
    {
        Supervisor pool = root["pool"].Supervisor!;
        ChildHandle[] children = [.. root.Children, .. pool.Children];
        Assert.That(root.Children.Select(child => child.Name), Is.EqualTo(new[] { "a", "b", "c", "pool" }));
        Assert.That(children.Select(child => child.State), Is.All.EqualTo(ChildState.Running));
        Assert.That(environment.Processes, Is.EquivalentTo(children.Select(child => child.Current).Append(root.Process)), "one process per child and no other");
        Assert.That(environment.FindProcess("a"), Is.SameAs(root["a"].Current));
    }

    private static async Task UntilStopped(NativeProcessContext context)
    {
        while (true)
            await context.ReceiveAsync(context.StopRequested);
    }

    private static async Task SlowlyStopped(NativeProcessContext context)
    {
        try
        {
            await UntilStopped(context);
        }
        finally
        {
            await context.SleepAsync(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Checks the order of the events while they happen.</summary>
    private sealed class Journal(RestartStrategy strategy)
    {
        private readonly List<string> _up = [];
        private readonly List<string> _stops = [];

        internal int Restarts { get; private set; }

        internal IReadOnlyList<string> LastStops => _stops;

        internal void Note(SupervisorEvent happened)
        {
            string name = happened.Child.Name;
            switch (happened.Kind)
            {
                case SupervisorEventKind.Started or SupervisorEventKind.Restarted:
                    Assert.That(_up, Does.Not.Contain(name), "started twice");
                    if (strategy is not RestartStrategy.OneForOne)
                        Assert.That(_up.Where(other => string.CompareOrdinal(other, name) > 0), Is.Empty, $"started {name} below those that were started after it");
                    _up.Add(name);
                    _stops.Clear();
                    Restarts += happened.Kind is SupervisorEventKind.Restarted ? 1 : 0;
                    break;
                case SupervisorEventKind.Ended or SupervisorEventKind.Stopped:
                    Assert.That(_up.Remove(name), $"{name} ended without having been started");
                    if (happened.Kind is SupervisorEventKind.Stopped)
                        _stops.Add(name);
                    break;
                default:
                    Assert.Fail($"unexpected: {happened}");
                    break;
            }
        }
    }
}
