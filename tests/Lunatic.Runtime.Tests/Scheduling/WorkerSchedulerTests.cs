namespace Lunatic.Runtime.Tests.Scheduling;

public sealed class WorkerSchedulerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Processes_behind_stuck_ones_are_run_by_spare_workers()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        LunaticEnvironment environment = runtime.CreateEnvironment();
        using var release = new ManualResetEventSlim();
        using var stuck = new CountdownEvent(3);
        LunaticProcess[] blockers = [.. Enumerable.Range(0, 3).Select(_ => environment.Spawn(_ =>
        {
            stuck.Signal();
            release.Wait();
            return Task.CompletedTask;
        }))];
        LunaticProcess behind = environment.Spawn(async context => await context.SleepAsync(TimeSpan.FromMilliseconds(5)));

        Assert.That(stuck.Wait(Limit), Is.True, $"{stuck.CurrentCount} bodies that block did not start");
        Assert.That(await behind.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Returned));
        release.Set();
        foreach (LunaticProcess blocker in blockers)
            Assert.That(await blocker.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Returned));

        // The spare workers go to rest, and come back.
        using var again = new ManualResetEventSlim();
        LunaticProcess second = environment.Spawn(_ =>
        {
            again.Wait();
            return Task.CompletedTask;
        });
        Assert.That(await environment.Spawn(_ => Task.CompletedTask).Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Returned));
        again.Set();
        await second.Completion.WaitAsync(Limit);
    }

    [Test]
    public async Task A_process_that_was_just_woken_is_not_held_up_by_a_stuck_waker()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 2 });
        LunaticEnvironment environment = runtime.CreateEnvironment();
        using var answered = new ManualResetEventSlim();
        LunaticProcess sleeper = environment.Spawn(async context =>
        {
            await context.ReceiveAsync();
            answered.Set();
        });
        LunaticProcess waker = environment.Spawn(_ =>
        {
            sleeper.Send(1, []);
            Assert.That(answered.Wait(Limit), Is.True, "the woken process did not run");
            return Task.CompletedTask;
        });

        Assert.That(await waker.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public async Task Disposal_ends_a_runtime_with_busy_processes()
    {
        var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 2 });
        LunaticEnvironment environment = runtime.CreateEnvironment();
        LunaticProcess[] busy = [.. Enumerable.Range(0, 50).Select(_ => environment.Spawn(async context =>
        {
            while (true)
            {
                context.Self.Send(1, []);
                await context.ReceiveAsync();
            }
        }))];
        await runtime.DisposeAsync().AsTask().WaitAsync(Limit);

        foreach (LunaticProcess process in busy)
            Assert.That(await process.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Killed));
    }
}
