using Lunatic.Runtime.Testing.Tests.Guests;

namespace Lunatic.Runtime.Testing.Tests.Faults;

internal sealed class FaultPlanTests
{
    // slices of full length: so they can be counted
    private static Task<RunTrace> RunAsync(Func<DeterministicRuntime, LunaticEnvironment, Task> body) =>
        DeterministicRuntime.RunAsync(1, test => body(test, test.CreateEnvironment()), new DeterministicOptions { VarySlices = false });

    private static LunaticProcess Forwarder(LunaticEnvironment environment, Probe to, string? name = null) => environment.Spawn(
        async context =>
        {
            await foreach (Message message in context.ReadAllAsync())
                to.Process.Send(message.Tag, message.Data.Span);
        },
        new SpawnOptions { Name = name });

    [Test]
    public async Task The_nth_message_between_two_is_lost()
    {
        RunTrace trace = await RunAsync(async (test, environment) =>
        {
            Probe probe = test.CreateProbe(environment);
            LunaticProcess first = Forwarder(environment, probe), second = Forwarder(environment, probe);
            test.Faults.AtMessage(2, to: probe.Process, from: first).Drop();
            for (int i = 1; i <= 3; i++)
            {
                Assert.That(second.Send(i, []));
                await probe.ExpectTagAsync(i);
                Assert.That(first.Send(10 + i, []));
                if (i != 2)
                    await probe.ExpectTagAsync(10 + i);
            }
            await probe.ExpectNothingAsync(TimeSpan.FromHours(1));
            Assert.That(test.Faults.Injected, Is.EqualTo(1));
        });

        Assert.That(trace.ToString(), Does.Contain("FAULT: the message to 1.1 'probe' is lost"));
    }

    [Test]
    public async Task Who_waits_for_the_reply_to_a_lost_request_waits_until_the_time_is_over() => await RunAsync(async (test, environment) =>
    {
        Probe server = test.CreateProbe(environment, "server");
        test.Faults.AtMessage(1, to: "server").Drop();
        Exception? failure = null;
        try
        {
            await server.Process.RequestAsync([1], TimeSpan.FromSeconds(3));
        }
        catch (TimeoutException exception)
        {
            failure = exception;
        }

        Assert.That(failure, Is.InstanceOf<TimeoutException>());
        Assert.That(test.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    });

    [Test]
    public async Task A_message_is_delayed()
    {
        RunTrace trace = await RunAsync(async (test, environment) =>
        {
            Probe probe = test.CreateProbe(environment);
            test.Faults.AtMessage(1, to: probe.Process).Delay(TimeSpan.FromSeconds(2));
            probe.Process.Send(1, []);
            probe.Process.Send(2, []);
            await probe.ExpectTagAsync(2);
            Assert.That(test.Time.Elapsed, Is.EqualTo(TimeSpan.Zero));
            await probe.ExpectTagAsync(1);
            Assert.That(test.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
        });

        Assert.That(trace.ToString(), Does.Contain("FAULT: the message to 1.1 'probe' is delayed by 00:00:02"));
    }

    [Test]
    public async Task A_message_kills_its_receiver_or_its_sender() => await RunAsync(async (test, environment) =>
    {
        Probe probe = test.CreateProbe(environment);
        LunaticProcess receiver = Forwarder(environment, probe, "receiver"), sender = Forwarder(environment, probe, "sender");
        test.Faults.AtMessage(2, to: "receiver").KillReceiver();
        test.Faults.AtMessage(1, to: probe.Process, from: "sender").KillSender();

        receiver.Send(1, []);
        receiver.Send(2, []);
        sender.Send(3, []);
        await test.WhenIdleAsync();

        Assert.That(await probe.ExpectExitAsync(receiver), Is.EqualTo(ExitReason.Killed));
        Assert.That(await probe.ExpectExitAsync(sender), Is.EqualTo(ExitReason.Killed));
        Assert.That(probe.Unread.Select(message => message.Tag), Has.Member(3).And.No.Member(2), "what the killed sender sent arrives, the receiver never read the second");
    });

    [Test]
    public async Task A_process_ends_at_its_nth_slice_for_any_reason()
    {
        RunTrace trace = await RunAsync(async (test, environment) =>
        {
            Probe probe = test.CreateProbe(environment);
            (Action<ProcessFault> Fault, ExitKind Kind)[] cases =
            [
                (fault => fault.Kill(), ExitKind.Killed),
                (fault => fault.Exit(3), ExitKind.Exited),
                (fault => fault.Fail(new InvalidDataException("injected")), ExitKind.Faulted),
                (fault => fault.Trap("unreachable"), ExitKind.Trapped),
                (fault => fault.OutOfMemory(), ExitKind.OutOfMemory),
            ];
            foreach ((Action<ProcessFault> fault, ExitKind kind) in cases)
            {
                int slices = 0;
                LunaticProcess sleeper = environment.Spawn(async context =>
                {
                    while (true)
                    {
                        slices++;
                        await context.SleepAsync(TimeSpan.FromMilliseconds(1));
                    }
                });
                fault(test.Faults.AtSlice(sleeper, 4));
                Assert.That((await probe.ExpectExitAsync(sleeper)).Kind, Is.EqualTo(kind));
                Assert.That(slices, Is.EqualTo(3));
            }
        });

        Assert.That(trace.ToString(), Does.Contain("FAULT: 1.2: killed, at slice 4").And.Contain("FAULT: 1.3: exited with code 3, at slice 4"));
    }

    [Test]
    public async Task A_guest_is_killed_in_the_middle_of_its_work() => await RunAsync(async (test, environment) =>
    {
        Probe probe = test.CreateProbe(environment);
        LunaticProcess spinner = await environment.SpawnAsync(TestGuests.Spinner, "serve");
        test.Faults.AtSlice(spinner, 10).Trap("injected");

        Assert.That((await probe.ExpectExitAsync(spinner)).Message, Is.EqualTo("injected"));
    });

    [Test]
    public async Task A_process_ends_before_it_runs() => await RunAsync(async (test, environment) =>
    {
        Probe probe = test.CreateProbe(environment);
        test.Faults.AtSpawn(2).Fail(new InvalidDataException("injected"));
        bool ran = false;
        LunaticProcess first = environment.Spawn(_ => Task.CompletedTask);
        LunaticProcess second = environment.Spawn(_ =>
        {
            ran = true;
            return Task.CompletedTask;
        });

        Assert.That(await probe.ExpectExitAsync(first), Is.EqualTo(ExitReason.Returned));
        Assert.That((await probe.ExpectExitAsync(second)).Exception, Is.InstanceOf<InvalidDataException>());
        Assert.That(ran, Is.False);
    });

    [Test]
    public async Task Processes_end_at_a_virtual_time() => await RunAsync(async (test, environment) =>
    {
        Probe probe = test.CreateProbe(environment);
        LunaticProcess[] waiting = [.. Enumerable.Range(0, 3).Select(_ => environment.Spawn(async context => await context.ReceiveAsync()))];
        test.Faults.AtTime(TimeSpan.FromMinutes(5), ProcessFilter.Where(process => process != probe.Process && process != waiting[2])).Kill();

        await probe.ExpectExitAsync(waiting[1], TimeSpan.FromHours(1));
        await probe.ExpectExitAsync(waiting[0]);
        Assert.That(test.Time.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(waiting[2].HasEnded, Is.False);
    });

    [Test]
    public async Task Growing_is_refused_once()
    {
        RunTrace trace = await RunAsync(async (test, environment) =>
        {
            Probe probe = test.CreateProbe(environment);
            LunaticProcess grower = await environment.SpawnAsync(TestGuests.Grower, "serve");
            environment.Register("grower", grower);
            test.Faults.RefuseMemory("grower", 2);
            byte[] self = BitConverter.GetBytes(probe.Process.Id.LocalId);
            foreach (int expected in new[] { 1, -1, 2 })
            {
                grower.Send(1, self);
                Assert.That(BitConverter.ToInt32((await probe.ExpectTagAsync(5)).Data.Span), Is.EqualTo(expected));
            }
        });

        Assert.That(trace.ToString(), Does.Contain("FAULT: 1.2 'grower' is refused memory"));
    }

    [Test]
    public void Points_and_probabilities_are_checked()
    {
        var run = new DeterministicRuntime(1);

        Assert.That(() => run.Faults.AtMessage(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => run.Faults.AtTime(TimeSpan.FromSeconds(-1), "x"), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => run.Faults.Randomly(new RandomFaults { Kill = 1.5 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => run.Faults.Randomly(new RandomFaults { Drop = double.NaN }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
