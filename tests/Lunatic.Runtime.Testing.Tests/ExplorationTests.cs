using System.Globalization;

namespace Lunatic.Runtime.Testing.Tests;

[NonParallelizable]
internal sealed class ExplorationTests
{
    private const string Variable = "LUNATIC_TEST_SEED_OF_THESE_TESTS";

    private static readonly ExplorationOptions Options = new() { SeedVariable = Variable };

    private sealed record Read : IRequest<int>;

    private sealed record Write(int Value);

    /// <summary>An account whose balance is read and written by others: two who add at the same time may lose one of the sums.</summary>
    private sealed class Account : TypedProcess<object>
    {
        private int _balance;

        protected override ValueTask HandleAsync(object message)
        {
            switch (message)
            {
                case Read read:
                    Reply(read, _balance);
                    break;
                case Write write:
                    _balance = write.Value;
                    break;
            }
            return default;
        }
    }

    private static async Task LostUpdateAsync(DeterministicRuntime test)
    {
        LunaticEnvironment environment = test.CreateEnvironment();
        ProcessHandle<object> account = environment.Spawn(() => new Account());
        LunaticProcess[] clients = [.. Enumerable.Range(0, 2).Select(number => environment.Spawn(async context =>
        {
            // seldom at the same time
            await context.SleepAsync(TimeSpan.FromMilliseconds(test.Random.Next(20)));
            int balance = await account.RequestAsync(new Read(), TimeSpan.FromSeconds(1));
            account.Send(new Write(balance + 1));
        }))];
        await Task.WhenAll(clients.Select(client => client.Completion));
        int sum = await account.RequestAsync(new Read(), TimeSpan.FromSeconds(1));
        if (sum != 2)
            throw new InvalidOperationException($"the balance is {sum}");
    }

    private static async Task<SeedFailedException> FailureOf(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (SeedFailedException failure)
        {
            return failure;
        }
        throw new AssertionException("no seed failed");
    }

    private static async Task WithVariable(string value, Func<Task> run)
    {
        Environment.SetEnvironmentVariable(Variable, value);
        try
        {
            await run();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Test]
    public async Task A_lost_update_is_found_and_its_seed_replays_it()
    {
        SeedFailedException found = await FailureOf(() => DeterministicRuntime.ExploreAsync(1_000, LostUpdateAsync, Options));
        TestContext.Out.WriteLine(found.Message);

        Assert.That(found.InnerException!.Message, Is.EqualTo("the balance is 1"));
        Assert.That(found.Seed, Is.GreaterThan(1), "so the first seeds do not show it");
        Assert.That(found.Message, Does.Contain($"Seed {found.Seed} fails").And.Contain($"{Variable}={found.Seed}").And.Contain("an object: Write").And.Not.Contain("NOT REPEATED"));

        SeedFailedException replayed = await FailureOf(() => DeterministicRuntime.RunAsync(found.Seed, LostUpdateAsync));
        Assert.That(replayed.Trace, Is.EqualTo(found.Trace));
        await WithVariable(found.Seed.ToString(CultureInfo.InvariantCulture), async () =>
        {
            SeedFailedException again = await FailureOf(() => DeterministicRuntime.ExploreAsync(1_000, LostUpdateAsync, Options));
            Assert.That(again.Trace, Is.EqualTo(found.Trace));
            Assert.That(again.Message, Does.Contain("run 1 of 1"));
        });
    }

    [Test]
    public async Task What_does_not_fail_tells_how_much_was_explored()
    {
        int runs = 0;
        ExplorationResult result = await DeterministicRuntime.ExploreAsync(
            20,
            async test =>
            {
                runs++;
                await test.CreateEnvironment().Spawn(async context => await context.SleepAsync(TimeSpan.FromMilliseconds(test.Seed))).Completion;
            },
            new ExplorationOptions { FirstSeed = 100, SeedVariable = Variable });

        Assert.That(runs, Is.EqualTo(20));
        Assert.That(result.Runs, Is.EqualTo(20));
        Assert.That(result.DistinctRuns, Is.EqualTo(20));
        Assert.That(result.Steps, Is.GreaterThanOrEqualTo(60));
    }

    [Test]
    public async Task A_failure_that_the_seed_does_not_determine_is_told()
    {
        int run = 0;
        SeedFailedException failure = await FailureOf(() => DeterministicRuntime.ExploreAsync(
            5,
            async test =>
            {
                int count = ++run;
                LunaticEnvironment environment = test.CreateEnvironment();
                for (int i = 0; i < count; i++)
                    await environment.Spawn(_ => Task.CompletedTask).Completion;
                throw new InvalidOperationException("always");
            },
            Options));

        Assert.That(failure.Message, Does.Contain("NOT REPEATED EXACTLY").And.Contain("the test spawns 1.2"));
    }

    [Test]
    public async Task A_failure_before_the_first_await_is_told_too()
    {
        SeedFailedException failure = await FailureOf(() => DeterministicRuntime.ExploreAsync(5, static _ => throw new InvalidOperationException("at once"), Options));

        Assert.That(failure.Message, Does.Contain("InvalidOperationException: at once"));
    }

    [Test]
    public async Task A_variable_without_a_seed_is_an_error() =>
        await WithVariable("seven", () =>
        {
            Assert.That(() => DeterministicRuntime.ExploreAsync(5, static _ => Task.CompletedTask, Options), Throws.InstanceOf<FormatException>());
            return Task.CompletedTask;
        });
}
