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
}
