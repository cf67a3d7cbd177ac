using System.Threading.Channels;

namespace Lunatic.Runtime.Tests;

internal sealed class SpawnOptionsTests(SchedulerKind kind) : KernelFixture(kind)
{
    [Test]
    public void A_process_has_its_name_before_it_runs()
    {
        string? found = null;
        LunaticProcess process = Environment.Spawn(
            context =>
            {
                found = context.FindProcess("me") == context.Self ? "me" : null;
                return Task.CompletedTask;
            },
            new SpawnOptions { Name = "me" });

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Returned));
        Assert.That(found, Is.EqualTo("me"));
        Assert.That(Environment.FindProcess("me"), Is.Null, "the name goes with it");
    }

    [Test]
    public void A_process_registers_and_finds_names()
    {
        RunBody(context =>
        {
            context.Register("first");
            Assert.That(context.FindProcess("first"), Is.SameAs(context.Self));
            context.Unregister("first");
            Assert.That(context.FindProcess("first"), Is.Null);
            return Task.CompletedTask;
        });
    }

    [Test]
    public void A_failure_reaches_the_link_under_its_tag()
    {
        RunBody(async context =>
        {
            context.TrapExit = true;
            LunaticProcess child = context.Spawn(_ => throw new InvalidDataException(), new SpawnOptions { Link = context.Self, LinkTag = 12 });
            Message news = await context.ReceiveAsync(12);
            Assert.That(news.Kind, Is.EqualTo(MessageKind.LinkDied));
            Assert.That(news.DeadProcess, Is.EqualTo(child.Id));
            Assert.That(news.DeathReason!.Exception, Is.InstanceOf<InvalidDataException>());
        });
    }

    [Test]
    public void Bounds_of_its_own_hold_for_a_mailbox()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LunaticProcess process = Environment.Spawn(
            async context =>
            {
                await release.Task;
                List<long> tags = [];
                while (context.TryReceive() is { } message)
                    tags.Add(message.Tag);
                context.Exit(tags.SequenceEqual([1, 2]) ? 7 : 8);
            },
            new SpawnOptions { MaxMailboxMessages = 2 });
        LunaticProcess other = Environment.Spawn(async context => await context.ReceiveAsync(99));

        Assert.That(Enumerable.Range(1, 3).Select(tag => process.Send(tag, [])), Is.EqualTo(new[] { true, true, false }));
        Assert.That(Enumerable.Range(1, 3).Select(tag => other.Send(tag, [])), Is.All.True);
        release.SetResult();
        Assert.That(Exit(process), Is.EqualTo(ExitReason.Exited(7)));
    }

    [Test]
    public void A_full_mailbox_may_end_its_process()
    {
        LunaticProcess process = Environment.Spawn(
            async context => await context.ReceiveAsync(99), new SpawnOptions { MaxMailboxBytes = 10, MailboxFullPolicy = MailboxFullPolicy.KillReceiver });
        process.Send(1, new byte[11]);

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Killed));
    }

    [Test]
    public void Options_without_sense_are_refused()
    {
        Assert.That(() => Environment.Spawn(_ => Task.CompletedTask, new SpawnOptions { MaxMailboxMessages = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Environment.Spawn(_ => Task.CompletedTask, new SpawnOptions { Name = "" }), Throws.ArgumentException);
        Assert.That(Environment.ProcessCount, Is.Zero);
    }

    [Test]
    public void A_mailbox_can_be_written_as_a_channel()
    {
        LunaticProcess process = Environment.Spawn(
            async context =>
            {
                await foreach (Message message in context.ReadAllAsync())
                {
                    if (message.Tag == 2)
                        return;
                }
            },
            new SpawnOptions { MaxMailboxBytes = 100 });
        ChannelWriter<Message> writer = process.Writer;
        Run(writer.WriteAsync(new Message(1, [])).AsTask(), "a write");
        Assert.That(() => Run(writer.WriteAsync(new Message(1, new byte[101])).AsTask(), "the failure"), Throws.InstanceOf<ChannelClosedException>().With.Message.Contains("full"));
        Assert.That(writer.TryWrite(new Message(2, [])));
        Exit(process);

        Assert.That(writer.TryWrite(new Message(3, [])), Is.False);
        Assert.That(Run(writer.WaitToWriteAsync().AsTask(), "the answer"), Is.False);
        Assert.That(() => Run(writer.WriteAsync(new Message(4, [])).AsTask(), "the failure"), Throws.InstanceOf<ChannelClosedException>().With.Message.Contains("ended"));
    }

    [Test]
    public void A_request_from_a_body_comes_back_into_it_and_ends_with_it()
    {
        LunaticProcess silent = Environment.Spawn(async context => await context.ReceiveAsync(99));
        LunaticProcess echo = Environment.Spawn(async context =>
        {
            Message request = await context.ReceiveAsync(5);
            context.Reply(request, request.Data);
        });
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cleanedUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LunaticProcess asking = Environment.Spawn(async context =>
        {
            Assert.That(await context.RequestAsync(echo, [1], TimeSpan.FromMinutes(1), tag: 5), Is.EqualTo(new byte[] { 1 }));
            Assert.That(async () => await context.RequestAsync(context.Self, [], Timeout.InfiniteTimeSpan), Throws.InvalidOperationException);
            context.Self.Send(3, []);
            Assert.That(await context.ReceiveAsync(TimeSpan.FromMinutes(1), CancellationToken.None, 3), Is.Not.Null);
            try
            {
                silent.Send(8, []);
                asked.SetResult();
                await context.RequestAsync(silent, [], Timeout.InfiniteTimeSpan);
            }
            finally
            {
                cleanedUp.SetResult();
            }
        });
        Exit(echo);
        Run(asked.Task, "the second request");
        asking.Kill();

        Assert.That(Exit(asking), Is.EqualTo(ExitReason.Killed));
        Run(cleanedUp.Task, "the body's cleaning up");
    }

    [Test]
    public void A_guest_is_refused_objects()
    {
        var module = LunaticModule.Compile("""(module (import "lunatic::process" "sleep_ms" (func $sleep (param i64))) (func (export "main") (call $sleep (i64.const -1))))"""u8.ToArray());
        LunaticProcess guest = Run(Environment.SpawnAsync(module, "main"), "the guest");

        Assert.That(() => guest.Send(Message.Of("text")), Throws.ArgumentException.With.Message.Contains("serializer"));
        Assert.That(() => guest.SendAfter(TimeSpan.FromDays(1), Message.Of("text")), Throws.ArgumentException);
        Assert.That(() => new ProcessHandle<string>(guest), Throws.ArgumentException.With.Message.Contains("serializer"));
        Assert.That(new ProcessHandle<string>(guest, Lunatic.Runtime.Serialization.MessageSerializers.Bincode).Send("text"));
    }
}
