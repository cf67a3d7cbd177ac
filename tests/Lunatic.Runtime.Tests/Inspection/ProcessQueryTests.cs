using System.Diagnostics;
using System.Globalization;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Testing;

namespace Lunatic.Runtime.Tests.Inspection;

internal sealed class ProcessQueryTests
{
    [Test]
    public async Task Any_page_in_any_order_is_what_sorting_everything_gives([Values] ProcessOrder order, [Values] bool descending)
    {
        await using var runtime = new DeterministicRuntime(seed: 5);
        Populate(runtime, 300);
        ProcessSnapshot[] all = [.. runtime.Runtime.GetProcesses(new ProcessQuery { Take = 1000, OrderBy = order, Descending = descending }).Processes];
        Assert.That(all.Select(static process => process.Id), Is.Unique.And.Exactly(300).Items);
        Assert.That(all.Select(process => KeyOf(process, order)), descending ? Is.Ordered.Descending.Using(KeyComparer.Instance) : Is.Ordered.Using(KeyComparer.Instance));

        foreach ((int skip, int take) in new[] { (0, 1), (0, 50), (50, 50), (290, 50), (299, 1), (300, 10), (7, 0) })
        {
            ProcessPage page = runtime.Runtime.GetProcesses(new ProcessQuery { OrderBy = order, Descending = descending, Skip = skip, Take = take });
            Assert.That(page.Processes.Select(static process => process.Id), Is.EqualTo(all.Skip(skip).Take(take).Select(static process => process.Id)), $"skip {skip}, take {take}");
            Assert.That((page.Total, page.Matching), Is.EqualTo((300, 300)));
        }
    }

    [Test]
    public async Task Looking_goes_on_while_environments_come_and_go()
    {
        await using var runtime = new LunaticRuntime();
        var looks = new TaskCompletionSource();
        Task looking = Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                if (i == 10)
                    looks.SetResult();
                runtime.CountProcesses();
                runtime.GetProcesses(new ProcessQuery());
            }
        });
        await looks.Task;
        while (!looking.IsCompleted)
            await runtime.CreateEnvironment().DisposeAsync();
        await looking;
    }

    [Test]
    public async Task What_is_searched_for_is_found_by_id_name_function_and_environment()
    {
        await using var runtime = new DeterministicRuntime(seed: 5);
        Populate(runtime, 300);

        Assert.That(Find("42"), Is.EqualTo(new[] { "1.42", "2.42" }));
        Assert.That(Find(" 1.42 "), Is.EqualTo(new[] { "1.42" }));
        Assert.That(Find("1.9999"), Is.Empty);
        Assert.That(Find("WORKER-2-9"), Is.EqualTo(new[] { "2.9", "2.90", "2.93", "2.96", "2.99" }), "every third process has a name");
        Assert.That(Find("night").Length, Is.EqualTo(150), "the environment's name");
        Assert.That(Find("querytests.waitasync").Length, Is.EqualTo(300), "the function's name");
        Assert.That(Find("<script>"), Is.Empty);

        string[] Find(string text) => [.. runtime.Runtime.GetProcesses(new ProcessQuery { Search = text, Take = 1000 }).Processes.Select(static process => process.Id.ToString())];
    }

    [Test]
    public async Task The_children_of_a_process_can_be_asked_for()
    {
        await using var runtime = new DeterministicRuntime(seed: 5);
        LunaticEnvironment environment = runtime.Runtime.CreateEnvironment();
        LunaticProcess parent = environment.Spawn(static async context =>
        {
            for (int i = 0; i < 3; i++)
                context.Spawn(WaitAsync);
            await context.ReceiveAsync();
        });
        environment.Spawn(WaitAsync);
        runtime.RunUntilIdle();

        ProcessPage page = runtime.Runtime.GetProcesses(new ProcessQuery { Parent = parent.Id, Take = 2 });

        Assert.That((page.Total, page.Matching, page.Processes.Length), Is.EqualTo((5, 3, 2)));
        Assert.That(page.Processes, Has.All.Property(nameof(ProcessSnapshot.Parent)).EqualTo(parent.Id));
    }

    [Test]
    public async Task Processes_are_counted_by_state_and_kind()
    {
        await using var runtime = new DeterministicRuntime(seed: 5);
        Populate(runtime, 300);
        TaskCompletionSource never = new();
        runtime.Runtime.Environments.First().Spawn(_ => never.Task);
        runtime.RunUntilIdle();

        ProcessCensus census = runtime.Runtime.CountProcesses();

        Assert.That(census with { QueuedMessages = 0 }, Is.EqualTo(new ProcessCensus(0, 0, 300, 0, 1, 0, 301, 0, 0)));
        Assert.That(census.QueuedMessages, Is.EqualTo(600), "none, one, two, three or four each");
    }

    [Test]
    public void What_cannot_be_asked_for_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ProcessQuery { Skip = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ProcessQuery { Take = ProcessQuery.MaxTake + 1 });
    }

    [Test]
    public async Task A_page_of_100_000_processes_costs_little()
    {
        await using var runtime = new DeterministicRuntime(seed: 5);
        Populate(runtime, 100_000);
        ProcessQuery[] queries =
        [
            new() { Take = 100 },
            new() { Take = 100, OrderBy = ProcessOrder.QueuedMessages, Descending = true },
            new() { Take = 100, OrderBy = ProcessOrder.Module, Skip = 90_000 },
            new() { Take = 100, Search = "worker-1-5" },
        ];
        foreach (ProcessQuery query in queries)
        {
            runtime.Runtime.GetProcesses(query);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            ProcessPage page = runtime.Runtime.GetProcesses(query);
            TimeSpan time = Stopwatch.GetElapsedTime(started);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            TestContext.Out.WriteLine($"{query}: {time.TotalMilliseconds:F1} ms, {allocated} bytes, {page.Matching} match");
            Assert.That(page.Processes, Is.Not.Empty);
            Assert.That(allocated, Is.LessThan(200_000));
        }
    }

    private static void Populate(DeterministicRuntime runtime, int count)
    {
        LunaticEnvironment[] environments = [runtime.Runtime.CreateEnvironment(new EnvironmentOptions { Name = "day" }), runtime.Runtime.CreateEnvironment(new EnvironmentOptions { Name = "night" })];
        for (int i = 0; i < count; i++)
        {
            LunaticEnvironment environment = environments[i % 2];
            LunaticProcess process = environment.Spawn(WaitAsync);
            if (process.Id.LocalId % 3 == 0)
                environment.Register(string.Create(CultureInfo.InvariantCulture, $"worker-{environment.Id}-{process.Id.LocalId}"), process);
            for (int messages = i * 7919 % 5; messages > 0; messages--)
                process.Send(1, []);
            if (i % 1000 == 0)
                runtime.RunUntilIdle();
        }
        runtime.RunUntilIdle();
    }

    private static object? KeyOf(ProcessSnapshot process, ProcessOrder order) => order switch
    {
        ProcessOrder.Name => process.Names is [var name, ..] ? name : null,
        ProcessOrder.Environment => process.Environment,
        ProcessOrder.Kind => (long)process.Kind,
        ProcessOrder.State => (long)process.State,
        ProcessOrder.Module => process.Module ?? process.Function,
        ProcessOrder.Parent => process.Parent?.LocalId ?? 0,
        ProcessOrder.QueuedMessages => (long)process.QueuedMessages,
        ProcessOrder.DeliveredMessages => process.DeliveredMessages,
        ProcessOrder.MemoryBytes => process.MemoryBytes,
        ProcessOrder.FuelUsed => process.FuelUsed,
        ProcessOrder.Links => (long)process.Links,
        ProcessOrder.StartedAt => process.StartedAt.Ticks,
        _ => (process.Id.EnvironmentId << 32) + process.Id.LocalId,
    };

    private static async Task WaitAsync(NativeProcessContext context) => await context.ReceiveAsync(tags: [99]);

    // what has no name comes last
    private sealed class KeyComparer : System.Collections.IComparer
    {
        internal static readonly KeyComparer Instance = new();

        public int Compare(object? x, object? y) => (x, y) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string left, string right) => string.Compare(left, right, StringComparison.OrdinalIgnoreCase),
            _ => Comparer<long>.Default.Compare((long)x, (long)y),
        };
    }
}
