namespace Lunatic.Runtime.Tests.Processes;

internal sealed class NativeProcessTests(SchedulerKind kind) : KernelFixture(kind)
{
    private static byte[] Bytes(int value) => BitConverter.GetBytes(value);

    private static int Number(Message message) => BitConverter.ToInt32(message.Data.Span);

    [Test]
    public void A_body_that_returns_ends_its_process()
    {
        LunaticProcess process = Environment.Spawn(_ => Task.CompletedTask);

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Returned));
        Assert.That(process.HasEnded);
        Assert.That(Environment.FindProcess(process.Id.LocalId), Is.Null);
    }

    [Test]
    public void An_exception_of_the_body_is_the_exit_reason()
    {
        var failure = new InvalidDataException("bad");
        ExitReason before = Exit(Environment.Spawn(_ => throw failure));
        ExitReason after = Exit(Environment.Spawn(async _ =>
        {
            await Task.Yield();
            throw failure;
        }));

        Assert.That(before, Is.EqualTo(ExitReason.Faulted(failure)));
        Assert.That(after, Is.EqualTo(ExitReason.Faulted(failure)));
    }

    [Test]
    public void Messages_of_one_sender_arrive_in_order()
    {
        LunaticProcess receiver = Environment.Spawn(async context =>
        {
            for (int i = 0; i < 1000; i++)
                Assert.That(Number(await context.ReceiveAsync()), Is.EqualTo(i));
        });
        RunBody(context =>
        {
            for (int i = 0; i < 1000; i++)
                receiver.Send(5, Bytes(i));
            return Task.CompletedTask;
        });

        Assert.That(Exit(receiver), Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public void A_selective_receive_takes_the_first_match_and_leaves_the_others_in_order()
    {
        RunBody(async context =>
        {
            foreach (int tag in (int[])[1, 2, 3, 2, 1])
                context.Self.Send(tag, Bytes(tag));
            Assert.That((await context.ReceiveAsync(2)).Tag, Is.EqualTo(2));
            Assert.That((await context.ReceiveAsync(3, 2)).Tag, Is.EqualTo(3));
            List<long> rest = [];
            while (context.TryReceive() is { } message)
                rest.Add(message.Tag);
            Assert.That(rest, Is.EqualTo(new long[] { 1, 2, 1 }));
        });
    }

    [Test]
    public void No_tag_is_matched_only_by_a_receive_of_anything()
    {
        RunBody(async context =>
        {
            context.Self.Send(Message.NoTag, []);
            Assert.That(await context.ReceiveAsync(TimeSpan.Zero, Message.NoTag), Is.Null);
            Assert.That(context.TryReceive(), Is.Not.Null);
        });
    }

    [Test]
    public void Messages_that_arrive_after_a_timed_out_receive_keep_their_order()
    {
        RunBody(async context =>
        {
            Assert.That(await context.ReceiveAsync(TimeSpan.FromMilliseconds(5), 9), Is.Null);
            for (int i = 1; i <= 3; i++)
                context.Self.Send(9, Bytes(i));
            for (int i = 1; i <= 3; i++)
                Assert.That(Number(await context.ReceiveAsync(9)), Is.EqualTo(i));
        });
    }

    [Test]
    public void A_receive_without_time_still_finds_what_the_process_sent_to_itself()
    {
        RunBody(async context =>
        {
            context.Self.Send(4, []);
            Assert.That(await context.ReceiveAsync(TimeSpan.Zero, 4), Is.Not.Null);
            Assert.That(await context.ReceiveAsync(TimeSpan.Zero, 4), Is.Null);
        });
    }

    [Test]
    public void A_message_ends_a_receive_with_timeout_before_its_time()
    {
        LunaticProcess receiver = Environment.Spawn(async context =>
        {
            Message? message = await context.ReceiveAsync(TimeSpan.FromHours(1), 1);
            context.Exit(message is null ? 1 : 2);
        });
        receiver.Send(3, []);
        receiver.Send(1, []);

        Assert.That(Exit(receiver), Is.EqualTo(ExitReason.Exited(2)));
        Assert.That(Runtime.Timers.Count, Is.Zero, "timers left");
    }

    [Test]
    public void Two_processes_play_ping_pong()
    {
        LunaticProcess pong = Environment.Spawn(async context =>
        {
            await foreach (Message message in context.Mailbox.ReadAllAsync(context.Killed))
                context.Reply(message, message.Data);
        });
        RunBody(async context =>
        {
            for (int i = 0; i < 100; i++)
                Assert.That(BitConverter.ToInt32(await pong.RequestAsync(Bytes(i), TimeSpan.FromMinutes(1))), Is.EqualTo(i));
            pong.Kill();
        });

        Assert.That(Exit(pong), Is.EqualTo(ExitReason.Killed));
    }

    [Test]
    public void A_request_to_a_process_that_has_ended_fails()
    {
        LunaticProcess process = Environment.Spawn(_ => Task.CompletedTask);
        Exit(process);

        Assert.That(() => Run(process.RequestAsync([], Timeout.InfiniteTimeSpan), "the failure"), Throws.InstanceOf<RequestFailedException>());
        Assert.That(Environment.UndeliverableMessages, Is.EqualTo(1));
    }

    [Test]
    public void A_request_fails_when_the_process_ends_without_a_reply()
    {
        LunaticProcess process = Environment.Spawn(async context =>
        {
            await context.ReceiveAsync();
            context.Exit(3);
        });

        Assert.That(
            () => Run(process.RequestAsync([], Timeout.InfiniteTimeSpan), "the failure"),
            Throws.InstanceOf<RequestFailedException>().With.Property(nameof(RequestFailedException.Reason)).EqualTo(ExitReason.Exited(3)));
    }

    [Test]
    public void A_request_without_a_reply_times_out()
    {
        LunaticProcess process = Environment.Spawn(async context => await context.ReceiveAsync(77));

        Assert.That(() => Run(process.RequestAsync([], TimeSpan.FromMilliseconds(10)), "the timeout"), Throws.InstanceOf<TimeoutException>());
    }

    [Test]
    public void An_await_of_something_else_comes_back_into_the_process()
    {
        var outside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LunaticProcess process = Environment.Spawn(async context =>
        {
            await Task.Yield();
            await outside.Task;
            await context.ReceiveAsync();
        });
        process.Send(1, []);
        outside.SetResult();

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public void A_body_that_left_its_slices_still_ends_its_process()
    {
        var outside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new TaskCompletionSource();
        LunaticProcess process = Environment.Spawn(async context =>
        {
            waiting.SetResult();
            await outside.Task.ConfigureAwait(false);
        });
        Run(waiting.Task, "the body's wait");
        outside.SetResult();

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public void Parts_of_one_body_never_run_at_the_same_time()
    {
        int inside = 0;
        RunBody(async _ =>
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            {
                for (int i = 0; i < 50; i++)
                {
                    await Task.Yield();
                    Assert.That(Interlocked.Increment(ref inside), Is.EqualTo(1));
                    Interlocked.Decrement(ref inside);
                }
            }));
        });
    }

    [Test]
    public void A_kill_ends_a_receive_and_lets_the_body_clean_up()
    {
        var cleaned = new TaskCompletionSource<Exception>();
        var token = new TaskCompletionSource<CancellationToken>();
        LunaticProcess process = Environment.Spawn(async context =>
        {
            token.SetResult(context.Killed);
            try
            {
                await context.ReceiveAsync();
            }
            catch (Exception exception)
            {
                cleaned.SetResult(exception);
                throw;
            }
        });
        CancellationToken killed = Run(token.Task, "the token");
        process.Kill();

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Killed));
        Assert.That(Run(cleaned.Task, "the cleaning up"), Is.InstanceOf<OperationCanceledException>());
        Assert.That(killed.IsCancellationRequested);
    }

    [Test]
    public void A_kill_publishes_the_end_while_the_body_waits_for_something_else()
    {
        var outside = new TaskCompletionSource();
        var waiting = new TaskCompletionSource();
        var afterwards = new TaskCompletionSource<Exception?>();
        LunaticProcess process = Environment.Spawn(async context =>
        {
            waiting.SetResult();
            await outside.Task;
            try
            {
                await context.ReceiveAsync();
                afterwards.SetResult(null);
            }
            catch (Exception exception)
            {
                afterwards.SetResult(exception);
            }
        });
        Run(waiting.Task, "the body's wait");
        process.Kill();

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Killed));
        Assert.That(afterwards.Task.IsCompleted, Is.False);
        outside.SetResult();
        Assert.That(Run(afterwards.Task, "the rest of the body"), Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_process_ends_with_the_code_it_asks_for()
    {
        Assert.That(Exit(Environment.Spawn(async context =>
        {
            context.Exit(3);
            await context.ReceiveAsync();
        })), Is.EqualTo(ExitReason.Exited(3)));
    }

    [Test]
    public void The_context_refuses_to_be_used_elsewhere()
    {
        NativeProcessContext? leaked = null;
        LunaticProcess process = Environment.Spawn(async context =>
        {
            leaked = context;
            await context.ReceiveAsync();
        });
        process.Send(1, []);
        Exit(process);
        RunBody(_ =>
        {
            Assert.That(() => leaked!.TryReceive(), Throws.InstanceOf<OperationCanceledException>());
            return Task.CompletedTask;
        });

        LunaticProcess living = Environment.Spawn(async context =>
        {
            leaked = context;
            await context.ReceiveAsync();
        });
        RunBody(async context =>
        {
            while (leaked!.Self != living)
                await context.SleepAsync(TimeSpan.FromMilliseconds(1));
        });
        Assert.That(() => leaked!.TryReceive(), Throws.InvalidOperationException.With.Message.Contains("ConfigureAwait(false)"));
    }

    [Test]
    public void Only_one_receive_can_be_awaited_at_a_time()
    {
        RunBody(async context =>
        {
            ValueTask<Message> first = context.ReceiveAsync();
            Assert.That(async () => await context.ReceiveAsync(), Throws.InvalidOperationException);
            context.Self.Send(1, []);
            await first;
        });
    }

    [Test]
    public void A_receive_can_be_given_up_by_a_token()
    {
        RunBody(async context =>
        {
            using var source = new CancellationTokenSource();
            Task<Message> receive = context.ReceiveAsync(source.Token).AsTask();
            await Task.Yield();
            source.Cancel();
            Exception? failure = null;
            try
            {
                await receive;
            }
            catch (OperationCanceledException exception)
            {
                failure = exception;
            }
            Assert.That(failure, Is.Not.Null);
            context.Self.Send(1, []);
            Assert.That(await context.ReceiveAsync(), Is.Not.Null);
        });
    }

    [Test]
    public void A_scheduled_message_arrives_later_unless_it_is_cancelled()
    {
        RunBody(async context =>
        {
            ScheduledMessage cancelled = context.Self.SendAfter(TimeSpan.FromMilliseconds(5), new Message(1, Bytes(1)));
            ScheduledMessage sent = context.Self.SendAfter(TimeSpan.FromMilliseconds(10), new Message(1, Bytes(2)));
            Assert.That(cancelled.Cancel(), Is.True);
            Assert.That(Number(await context.ReceiveAsync()), Is.EqualTo(2));
            Assert.That(sent.Cancel(), Is.False);
        });
    }

    [Test]
    public void A_failure_is_logged_with_the_registered_name_and_the_number_of_links()
    {
        LunaticProcess peer = Environment.Spawn(async context => await context.ReceiveAsync());
        LunaticProcess process = Environment.Spawn(async context =>
        {
            context.Link(peer);
            await context.ReceiveAsync();
            throw new InvalidDataException("bad");
        });
        Environment.Register("Message/Serializer/Process/worker", process);
        process.Send(1, []);
        Exit(process);
        Exit(peer);

        Assert.That(Logs.Lines, Does.Contain("Process 'worker' failed, notifying: 1 links"));
        Assert.That(Logs.Lines, Has.Some.Contains("InvalidDataException: bad"));
        Assert.That(Logs.Lines, Does.Contain($"Process {peer.Id.LocalId} failed, notifying: 0 links"));
    }
}
