namespace Lunatic.Runtime.Tests.Mailboxes;

internal sealed class MailboxBoundsTests(SchedulerKind kind) : KernelFixture(kind)
{
    private (LunaticEnvironment Environment, LunaticProcess Process, TaskCompletionSource Gate) Start(EnvironmentOptions options)
    {
        LunaticEnvironment environment = Runtime.CreateEnvironment(options);
        var gate = new TaskCompletionSource();
        var waiting = new TaskCompletionSource();
        LunaticProcess process = environment.Spawn(async context =>
        {
            waiting.SetResult();
            await gate.Task;
            int sum = 0;
            while (await context.ReceiveAsync(TimeSpan.Zero) is { } message)
                sum = (sum * 10) + message.Data.Span[0];
            context.Exit(sum);
        });
        Run(waiting.Task, "the body's wait");
        return (environment, process, gate);
    }

    [Test]
    public void A_full_mailbox_rejects_new_messages()
    {
        (LunaticEnvironment environment, LunaticProcess process, TaskCompletionSource gate) = Start(new EnvironmentOptions { MaxMailboxMessages = 3 });
        for (byte i = 1; i <= 3; i++)
            Assert.That(process.Send(1, [i]), Is.True);

        Assert.That(process.Send(1, [4]), Is.False);
        Assert.That(environment.UndeliverableMessages, Is.EqualTo(1));
        gate.SetResult();
        Assert.That(Exit(process), Is.EqualTo(ExitReason.Exited(123)));
    }

    [Test]
    public void A_full_mailbox_makes_room_by_dropping_the_oldest()
    {
        (LunaticEnvironment environment, LunaticProcess process, TaskCompletionSource gate) =
            Start(new EnvironmentOptions { MaxMailboxMessages = 3, MailboxFullPolicy = MailboxFullPolicy.DropOldest });
        for (byte i = 1; i <= 5; i++)
            Assert.That(process.Send(1, [i]), Is.True);

        gate.SetResult();
        Assert.That(Exit(process), Is.EqualTo(ExitReason.Exited(345)));
        Assert.That(environment.UndeliverableMessages, Is.EqualTo(2));
    }

    [Test]
    public void A_full_mailbox_kills_its_process()
    {
        (_, LunaticProcess process, _) = Start(new EnvironmentOptions { MaxMailboxBytes = 4, MailboxFullPolicy = MailboxFullPolicy.KillReceiver });
        process.Send(1, [1, 2, 3, 4, 5]);

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Killed));
    }

    /// <summary>Senders who together never have more under way than may wait: whoever counts messages twice while the receiver takes them in refuses some.</summary>
    [Test]
    public void A_mailbox_that_is_never_full_refuses_nothing_while_its_process_drains()
    {
        if (Kind is SchedulerKind.Deterministic)
            Assert.Ignore("the senders are threads of their own");
        const int Bound = 64, Senders = 3, MessagesPerSender = 100_000;
        LunaticEnvironment environment = Runtime.CreateEnvironment(new EnvironmentOptions { MaxMailboxMessages = Bound });
        int received = 0;
        LunaticProcess process = environment.Spawn(async context =>
        {
            while (Volatile.Read(ref received) < Senders * MessagesPerSender)
            {
                await context.ReceiveAsync();
                Interlocked.Increment(ref received);
            }
        });
        int begun = 0, refused = 0;
        Task[] senders = [.. Enumerable.Range(0, Senders).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < MessagesPerSender; i++)
            {
                int number = Interlocked.Increment(ref begun);
                SpinWait spin = default;
                while (number - Volatile.Read(ref received) > Bound)
                    spin.SpinOnce();
                if (!process.Send(1, [1]))
                {
                    Interlocked.Increment(ref refused);
                    Interlocked.Increment(ref received);
                }
            }
        }))];
        Run(Task.WhenAll(senders), "the senders");
        process.Kill();
        Assert.That(refused, Is.Zero);
    }
}
