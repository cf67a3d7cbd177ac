using Lunatic.Runtime.Serialization;

namespace Lunatic.Runtime.Testing.Tests;

internal sealed class ProbeTests
{
    private sealed record Ping(int Number);

    private sealed record Question(string Text) : IRequest<int>;

    private static async Task RunAsync(Func<DeterministicRuntime, LunaticEnvironment, Probe, Task> body) => await DeterministicRuntime.RunAsync(1, async test =>
    {
        LunaticEnvironment environment = test.CreateEnvironment();
        await body(test, environment, test.CreateProbe(environment, "p"));
    });

    private static async Task<string> FailureOf(Func<Task> expectation)
    {
        try
        {
            await expectation();
        }
        catch (ExpectationException failure)
        {
            return failure.Message;
        }
        throw new AssertionException("the expectation was met");
    }

    [Test]
    public Task Messages_are_expected_in_order_by_tag_type_condition_and_serializer() => RunAsync(async (_, environment, probe) =>
    {
        environment.Spawn(context =>
        {
            probe.Process.Send(7, "seven"u8);
            probe.Process.Send(1, "any"u8);
            probe.As<Ping>().Send(new Ping(3));
            probe.Process.Send(1, [4, 0, 0, 0]);
            return Task.CompletedTask;
        });

        Assert.That((await probe.ExpectTagAsync(7)).Data.ToArray(), Is.EqualTo("seven"u8.ToArray()));
        Assert.That((await probe.ExpectAsync(message => message.Data.Length == 3)).Tag, Is.EqualTo(1));
        Assert.That(await probe.ExpectAsync<Ping>(ping => ping.Number == 3), Is.EqualTo(new Ping(3)));
        Assert.That(await probe.ExpectAsync<Ping>(MessageSerializers.Bincode), Is.EqualTo(new Ping(4)));
        Assert.That(probe.Unread, Is.Empty);
    });

    [Test]
    public Task A_failure_says_what_was_received_instead() => RunAsync(async (_, _, probe) =>
    {
        probe.Process.Send(1, "hello"u8);
        probe.As<Ping>().Send(new Ping(5));

        Assert.That(await FailureOf(() => probe.ExpectTagAsync(2)), Does.Contain("Probe 'p' expected a message with tag 2").And.Contain("5 bytes with tag 1: \"hello\""));
        // what was not expected stays
        await probe.ExpectTagAsync(1);
        Assert.That(await FailureOf(() => probe.ExpectAsync<Ping>(ping => ping.Number == 6)), Does.Contain("a Ping that satisfies the condition").And.Contain("Ping { Number = 5 }"));
    });

    [Test]
    public Task A_failure_says_that_nothing_came_and_what_the_processes_do() => RunAsync(async (test, environment, probe) =>
    {
        environment.Spawn(async context => await context.ReceiveAsync(9), new SpawnOptions { Name = "silent" });

        string failure = await FailureOf(() => probe.ExpectAsync(within: TimeSpan.FromSeconds(2)));

        Assert.That(failure, Does.Contain("within 00:00:02, but received nothing").And.Contain("'silent' waits for a message with tag 9"));
        Assert.That(test.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    });

    [Test]
    public Task Waiting_leaves_what_came_before() => RunAsync(async (_, environment, probe) =>
    {
        environment.Spawn(async context =>
        {
            probe.Process.Send(1, [1]);
            await context.SleepAsync(TimeSpan.FromSeconds(1));
            probe.As<Ping>().Send(new Ping(1));
            probe.Process.Send(2, [2]);
        });

        await probe.WaitForAsync(message => message.Tag == 2);
        Assert.That(await probe.WaitForAsync<Ping>(), Is.EqualTo(new Ping(1)));
        Assert.That((await probe.ExpectAsync()).Tag, Is.EqualTo(1));
    });

    [Test]
    public Task Nothing_is_expected_for_a_time() => RunAsync(async (test, environment, probe) =>
    {
        environment.Spawn(async context =>
        {
            await context.SleepAsync(TimeSpan.FromSeconds(3));
            probe.Process.Send(4, []);
        });

        await probe.ExpectNothingAsync(TimeSpan.FromSeconds(2));
        Assert.That(test.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(await FailureOf(() => probe.ExpectNothingAsync(TimeSpan.FromSeconds(2))), Does.Contain("expected nothing, but received").And.Contain("0 bytes with tag 4"));
        Assert.That(test.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    });

    [Test]
    public Task Ends_are_told_with_their_reason() => RunAsync(async (_, environment, probe) =>
    {
        LunaticProcess failing = environment.Spawn(async context =>
        {
            await context.SleepAsync(TimeSpan.FromSeconds(1));
            throw new InvalidDataException("bad");
        });
        LunaticProcess ended = environment.Spawn(_ => Task.CompletedTask);
        LunaticProcess waiting = environment.Spawn(async context => await context.ReceiveAsync());

        Assert.That((await probe.ExpectExitAsync(failing)).Exception, Is.InstanceOf<InvalidDataException>());
        Assert.That(await probe.ExpectExitAsync(ended), Is.EqualTo(ExitReason.Returned));
        Assert.That(await FailureOf(() => probe.ExpectExitAsync(waiting, TimeSpan.FromSeconds(1))), Does.Contain($"the end of {waiting}").And.Contain("1.4 waits for any message"));
    });

    [Test]
    public Task A_probe_replies_to_requests_and_survives_links() => RunAsync(async (_, environment, probe) =>
    {
        int typed = 0;
        byte[] bytes = [];
        LunaticProcess client = environment.Spawn(async context =>
        {
            context.Self.Link(probe.Process);
            typed = await probe.As<Question>().RequestAsync(new Question("how many?"), TimeSpan.FromSeconds(5));
            bytes = await context.RequestAsync(probe.Process, [1, 2], TimeSpan.FromSeconds(5));
            throw new InvalidOperationException("done");
        });

        Question question = await probe.ExpectAsync<Question>();
        Assert.That(probe.Reply(question, 42));
        Assert.That(() => probe.Reply(question, 43), Throws.ArgumentException);
        Message request = await probe.ExpectAsync();
        Assert.That(probe.Reply(request, [3]));
        Assert.That((await probe.ExpectAsync()).Kind, Is.EqualTo(MessageKind.LinkDied));
        Assert.That(client.HasEnded && !probe.Process.HasEnded);
        Assert.That(typed, Is.EqualTo(42));
        Assert.That(bytes, Is.EqualTo(new byte[] { 3 }));
    });

    [Test]
    public async Task A_probe_sends_in_its_own_name()
    {
        RunTrace trace = await DeterministicRuntime.RunAsync(1, async test =>
        {
            LunaticEnvironment environment = test.CreateEnvironment();
            Probe sender = test.CreateProbe(environment, "sender"), receiver = test.CreateProbe(environment, "receiver");
            sender.Send(receiver.Process, 3, [1]);
            sender.Send(receiver.As<Ping>(), new Ping(1));
            await receiver.ExpectTagAsync(3);
            await receiver.ExpectAsync<Ping>();
        });

        Assert.That(trace.ToString(), Does.Contain("1.1 'sender' sends 1.2 'receiver' 1 byte with tag 3").And.Contain("1.1 'sender' sends 1.2 'receiver' an object: Ping"));
    }

    [Test]
    public async Task Step_by_step_expectations_drive_the_run_themselves()
    {
        await using DeterministicRuntime run = new(seed: 1);
        LunaticEnvironment environment = run.CreateEnvironment();
        Probe probe = run.CreateProbe(environment);
        environment.Spawn(async context =>
        {
            await context.SleepAsync(TimeSpan.FromSeconds(1));
            probe.As<Ping>().Send(new Ping(1));
        });

        Assert.That(await probe.ExpectAsync<Ping>(), Is.EqualTo(new Ping(1)));
        await probe.ExpectNothingAsync(TimeSpan.FromSeconds(1));
        Assert.That(run.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }
}
