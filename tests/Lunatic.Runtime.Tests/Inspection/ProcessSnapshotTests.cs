using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Supervision;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.Inspection;

internal sealed class ProcessSnapshotTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Test]
    public async Task A_CSharp_process_says_what_it_is_and_has()
    {
        await using var runtime = new LunaticRuntime();
        LunaticEnvironment environment = runtime.CreateEnvironment(new EnvironmentOptions { Name = "shop" });
        DateTimeOffset before = runtime.TimeProvider.GetUtcNow();
        LunaticProcess friend = environment.Spawn(WaitAsync);
        LunaticProcess process = environment.Spawn(WaitAsync, new SpawnOptions { Name = "first", Link = friend });
        environment.Register("second", process);
        process.Monitor(friend);
        process.Send(7, [1, 2, 3]);

        ProcessSnapshot snapshot = WaitFor(process, static seen => seen is { State: ProcessState.Receiving, DeliveredMessages: 1, Links: 1, Watchers: 1 });

        Assert.That((snapshot.Id, snapshot.Environment, snapshot.Kind), Is.EqualTo((process.Id, "shop", ProcessKind.Native)));
        Assert.That(snapshot.Names, Is.EqualTo(new[] { "first", "second" }));
        Assert.That((snapshot.Module, snapshot.Function), Is.EqualTo(((string?)null, "ProcessSnapshotTests.WaitAsync")));
        Assert.That((snapshot.QueuedMessages, snapshot.QueuedBytes), Is.EqualTo((1, 3L)));
        Assert.That((snapshot.MemoryBytes, snapshot.MaxMemoryBytes, snapshot.FuelUsed, snapshot.MaxFuel), Is.EqualTo((0L, (long?)null, 0L, (long?)null)));
        Assert.That(snapshot.Parent, Is.Null, "the test is no process");
        // to a tenth of a second
        Assert.That(snapshot.StartedAt, Is.InRange(before - TimeSpan.FromSeconds(0.2), runtime.TimeProvider.GetUtcNow()));
    }

    [Test]
    public async Task The_state_follows_the_process()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        LunaticEnvironment environment = runtime.CreateEnvironment();
        TaskCompletionSource never = new();
        using ManualResetEventSlim go = new(), isRunning = new();
        LunaticProcess sleeping = environment.Spawn(static context => context.SleepAsync(TimeSpan.FromDays(1)).AsTask());
        LunaticProcess waiting = environment.Spawn(_ => never.Task);
        WaitFor(sleeping, static seen => seen.State is ProcessState.Sleeping);
        WaitFor(waiting, static seen => seen.State is ProcessState.Waiting);

        LunaticProcess running = environment.Spawn(_ =>
        {
            isRunning.Set();
            go.Wait(Limit);
            return Task.CompletedTask;
        });
        Assert.That(isRunning.Wait(Limit), "the process did not begin");
        LunaticProcess ready = environment.Spawn(static _ => Task.CompletedTask);
        ProcessState[] states = [running.GetSnapshot().State, ready.GetSnapshot().State];
        go.Set();

        Assert.That(states[0], Is.EqualTo(ProcessState.Running));
        Assert.That(states[1], Is.AnyOf(ProcessState.Ready, ProcessState.Running, ProcessState.Ended), "a spare worker may have come to it");
        await running.Completion.WaitAsync(Limit);
        Assert.That(running.GetSnapshot().State, Is.EqualTo(ProcessState.Ended));
    }

    [Test]
    public async Task A_guest_shows_its_module_memory_and_fuel()
    {
        await using var host = new GuestHost(new EnvironmentOptions { MaxMemory = 1 << 20, MaxFuelUnits = 10 });
        string text = GuestModule.Write("""(func (export "serve") (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1))))""").Replace("(module", "(module $shop", StringComparison.Ordinal);
        LunaticModule module = await host.CompileAsync(text);
        LunaticProcess guest = await host.Environment.SpawnAsync(module, "serve");

        ProcessSnapshot snapshot = WaitFor(guest, static seen => seen.State is ProcessState.Receiving);

        Assert.That((snapshot.Kind, snapshot.Module, snapshot.Function), Is.EqualTo((ProcessKind.Guest, "shop", "serve")));
        Assert.That((snapshot.MemoryBytes, snapshot.MaxMemoryBytes, snapshot.MaxFuel), Is.EqualTo((65_536L, (long?)(1 << 20), (long?)1_000_000)));
        Assert.That(snapshot.FuelUsed, Is.InRange(1, 100));
    }

    [Test]
    public async Task Children_know_their_parents()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync("""
            (data (i32.const 100) "child")
            (func (export "child") (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1))))
            (func (export "main")
              (drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 200)))
              (call $report (i64.load (i32.const 200)))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1))))
            """);
        LunaticProcess child = host.Environment.FindProcess((await host.WaitForReportsAsync(1))[0])!;
        TaskCompletionSource<(LunaticProcess, LunaticProcess)> spawned = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LunaticEnvironment other = host.Runtime.CreateEnvironment();
        LunaticProcess native = host.Environment.Spawn(async context =>
        {
            spawned.SetResult((context.Spawn(WaitAsync), other.Spawn(WaitAsync)));
            await context.ReceiveAsync();
        });
        (LunaticProcess near, LunaticProcess far) = await spawned.Task.WaitAsync(Limit);
        Supervisor supervisor = await host.Environment.SuperviseAsync("tree", static tree => tree.AddProcess("leaf", WaitAsync));

        Assert.That((child.GetSnapshot().Parent, guest.GetSnapshot().Parent), Is.EqualTo(((ProcessId?)guest.Id, (ProcessId?)null)));
        Assert.That((near.GetSnapshot().Parent, far.GetSnapshot().Parent), Is.EqualTo(((ProcessId?)native.Id, (ProcessId?)native.Id)));
        ProcessSnapshot leaf = supervisor["leaf"].Current!.GetSnapshot();
        Assert.That((leaf.Parent, supervisor.Process.GetSnapshot().Kind), Is.EqualTo(((ProcessId?)supervisor.Process.Id, ProcessKind.Supervisor)));
        await other.DisposeAsync();
    }

    [Test]
    public async Task Statistics_count_processes_and_messages()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 2 });
        LunaticEnvironment environment = runtime.CreateEnvironment();
        LunaticProcess waiting = environment.Spawn(WaitAsync);
        await environment.Spawn(static _ => Task.CompletedTask).Completion;
        await environment.Spawn(static _ => throw new InvalidOperationException("as asked")).Completion;
        for (int i = 0; i < 10; i++)
            waiting.Send(1, []);

        Assert.That(SpinWait.SpinUntil(() => runtime.GetStatistics() is { Processes: 1, EndedProcesses: 2, DeliveredMessages: 10 }, Limit), () => $"seen: {runtime.GetStatistics()}");
        RuntimeStatistics statistics = runtime.GetStatistics();
        Assert.That((statistics.SpawnedProcesses, statistics.FailedProcesses), Is.EqualTo((3L, 1L)));
        Assert.That(statistics.WorkerThreads.Select(static worker => (worker.Number, worker.IsSpare)), Is.EqualTo(new[] { (0, false), (1, false) }));
        Assert.That(statistics.WorkerThreads.Sum(static worker => worker.Slices), Is.GreaterThanOrEqualTo(3));
    }

    private static ProcessSnapshot WaitFor(LunaticProcess process, Func<ProcessSnapshot, bool> condition)
    {
        ProcessSnapshot seen = process.GetSnapshot();
        Assert.That(SpinWait.SpinUntil(() => condition(seen = process.GetSnapshot()), Limit), () => $"seen last: {seen}");
        return seen;
    }

    private static async Task WaitAsync(NativeProcessContext context) => await context.ReceiveAsync(tags: [99]);
}
