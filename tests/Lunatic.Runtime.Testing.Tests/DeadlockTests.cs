using Lunatic.Runtime.Testing.Tests.Guests;

namespace Lunatic.Runtime.Testing.Tests;

internal sealed class DeadlockTests
{
    private static async Task<T> FailureOf<T>(Func<DeterministicRuntime, Task> test, DeterministicOptions? options = null)
        where T : Exception
    {
        try
        {
            await DeterministicRuntime.RunAsync(3, test, options);
        }
        catch (SeedFailedException failed)
        {
            Assert.That(failed.InnerException, Is.InstanceOf<T>());
            Assert.That(failed.Seed, Is.EqualTo(3));
            return (T)failed.InnerException!;
        }
        throw new AssertionException("the run did not fail");
    }

    [Test]
    public async Task A_deadlock_names_all_processes_and_what_each_waits_for()
    {
        DeadlockException deadlock = await FailureOf<DeadlockException>(async test =>
        {
            LunaticEnvironment environment = test.CreateEnvironment();
            LunaticProcess first = environment.Spawn(async context => await context.ReceiveAsync(7, 8), new SpawnOptions { Name = "first" });
            environment.Spawn(async context => await context.ReceiveAsync());
            environment.Spawn(async context => await context.Mailbox.WaitToReadAsync());
            environment.Spawn(async _ => await new TaskCompletionSource().Task);
            await environment.SpawnAsync(TestGuests.Dice, "serve");
            await environment.SuperviseAsync("root", _ => { });
            test.CreateProbe(environment, "onlooker");
            first.Send(1, [1]);
            await first.Completion;
        });

        Assert.That(deadlock.Waits, Is.EqualTo(new[]
        {
            "1.1 'first' waits for a message with one of the tags 7, 8; 1 message is in its mailbox",
            "1.2 waits for any message",
            "1.3 waits for any message",
            "1.4 awaits something that is not its mailbox, or is ready",
            "1.5 waits for any message",
            "1.6 supervises",
            "1.7 'onlooker' is a probe",
        }));
        Assert.That(deadlock.Message, Does.Contain("seed 3").And.Contain(deadlock.Waits[0]));
    }

    [Test]
    public async Task Who_waits_for_a_time_is_no_deadlock()
    {
        RunTrace trace = await DeterministicRuntime.RunAsync(1, async test =>
            await test.CreateEnvironment().Spawn(async context => await context.ReceiveAsync(TimeSpan.FromHours(20))).Completion);

        Assert.That(trace.ToString(), Does.Contain("0.20:00:00.000 the clock moves on"));
    }

    [Test]
    public async Task Processes_that_never_come_to_rest_reach_the_limit_of_slices()
    {
        RunLimitException limit = await FailureOf<RunLimitException>(
            async test => await (await test.CreateEnvironment().SpawnAsync(TestGuests.Spinner, "serve")).Completion, new DeterministicOptions { MaxSteps = 200 });

        Assert.That(limit.Message, Does.Contain("200 slices").And.Contain("seed 3"));
        Assert.That(limit.Waits, Is.EqualTo(new[] { "1.1 is ready" }));
    }

    [Test]
    public async Task Timers_that_never_end_reach_the_limit_of_time()
    {
        RunLimitException limit = await FailureOf<RunLimitException>(
            async test => await test.CreateEnvironment().Spawn(async context =>
            {
                while (true)
                    await context.SleepAsync(TimeSpan.FromMinutes(1));
            }).Completion,
            new DeterministicOptions { MaxTime = TimeSpan.FromHours(1) });

        Assert.That(limit.Message, Does.Contain("01:00:00 of virtual time"));
        Assert.That(limit.Waits, Is.EqualTo(new[] { "1.1 sleeps until 01:01:00" }));
    }

    [Test]
    public async Task Step_by_step_too_a_deadlock_is_told()
    {
        await using DeterministicRuntime run = new(seed: 1);
        LunaticProcess process = run.CreateEnvironment().Spawn(async context => await context.ReceiveAsync(5));

        Assert.That(() => run.Run(process.Completion), Throws.InstanceOf<DeadlockException>().With.Message.Contains("1.1 waits for a message with tag 5"));
    }

    [Test]
    public async Task A_run_is_not_driven_from_within()
    {
        await using DeterministicRuntime run = new(seed: 1);
        LunaticProcess process = run.CreateEnvironment().Spawn(_ =>
        {
            run.RunUntilIdle();
            return Task.CompletedTask;
        });

        Assert.That(run.Run(process.Completion).Exception, Is.InstanceOf<InvalidOperationException>());
    }
}
