using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Tests.Processes;

internal sealed class TypedProcessTests(SchedulerKind kind) : KernelFixture(kind)
{
    // a test waits no longer than its limit; in virtual time a minute may be over at once
    private static readonly TimeSpan Patience = Timeout.InfiniteTimeSpan;

    [Test]
    public void A_typed_process_handles_messages_and_requests_in_order()
    {
        ProcessHandle<CounterMessage> counter = Environment.Spawn(() => new CounterProcess());
        counter.Send(new Add(5));
        counter.Send(new Add(-2));

        Assert.That(Run(counter.RequestAsync(new Get(), Patience), "the count"), Is.EqualTo(3));
    }

    [Test]
    public void A_reply_can_be_given_later()
    {
        ProcessHandle<CounterMessage> counter = Environment.Spawn(() => new CounterProcess(1));
        Task<int> later = counter.RequestAsync(new GetAtLeast(10), Patience);
        Assert.That(Run(counter.RequestAsync(new Get(), Patience), "the count"), Is.EqualTo(1), "it goes on meanwhile");
        counter.Send(new Add(20));

        Assert.That(Run(later, "the deferred reply"), Is.EqualTo(21));
    }

    [Test]
    public void A_process_asks_another_from_its_body()
    {
        RunBody(async context =>
        {
            ProcessHandle<CounterMessage> counter = context.Spawn(() => new CounterProcess(7));
            Assert.That(await counter.RequestAsync(new Get(), Patience), Is.EqualTo(7));
            context.Self.Send(1, []);
            Assert.That(await context.ReceiveAsync(1), Is.Not.Null, "the body is in its process again");
        });
    }

    [Test]
    public void A_request_that_is_handled_without_a_reply_fails()
    {
        ProcessHandle<CounterMessage> counter = Environment.Spawn(() => new CounterProcess());

        Assert.That(() => Run(counter.RequestAsync(new Forget(), Timeout.InfiniteTimeSpan), "the failure"), Throws.InstanceOf<RequestFailedException>().With.Message.Contains("without a reply"));
        Assert.That(counter.Process.HasEnded, Is.False);
    }

    [Test]
    public void An_exception_of_a_handler_is_the_exit_reason_and_fails_those_who_wait()
    {
        ProcessHandle<CounterMessage> counter = Environment.Spawn(() => new CounterProcess(int.MaxValue));
        Task<int> waiting = counter.RequestAsync(new GetAtLeast(0), Timeout.InfiniteTimeSpan);
        counter.Send(new Add(1));

        Assert.That(Exit(counter.Process).Exception, Is.InstanceOf<OverflowException>());
        Assert.That(() => Run(waiting, "the failure"), Throws.InstanceOf<RequestFailedException>().With.Property(nameof(RequestFailedException.Reason)).Not.Null);
    }

    [Test]
    public void A_process_stops_when_it_wants_to()
    {
        ProcessHandle<CounterMessage> counter = Environment.Spawn(() => new CounterProcess());
        counter.Send(new Quit());

        Assert.That(Exit(counter.Process), Is.EqualTo(ExitReason.Returned));
        Assert.That(counter.Send(new Add(1)), Is.False);
        Assert.That(() => Run(counter.RequestAsync(new Get(), Patience), "the failure"), Throws.InstanceOf<RequestFailedException>());
    }

    [Test]
    public void A_process_that_is_asked_to_end_cleans_up()
    {
        bool isCleanedUp = false;
        ProcessHandle<CounterMessage> process = Environment.Spawn(() => new CleanProcess(() => isCleanedUp = true));
        Task<int> answer = process.RequestAsync(new Get(), Patience);
        Assert.That(Run(answer, "the reply of a process that runs"), Is.EqualTo(1));
        ((NativeProcess)process.Process).RequestStop();

        Assert.That(Exit(process.Process), Is.EqualTo(ExitReason.Returned));
        Assert.That(isCleanedUp);
    }

    [Test]
    public void An_object_is_one_process_only()
    {
        var shared = new CounterProcess();
        ProcessHandle<CounterMessage> first = Environment.Spawn(() => shared);
        Run(first.RequestAsync(new Get(), Patience), "the count");
        LunaticProcess second = Environment.Spawn(() => shared).Process;

        Assert.That(Exit(second).Exception, Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public void A_request_of_another_type_is_refused()
    {
        ProcessHandle<CounterMessage> counter = Environment.Spawn(() => new CounterProcess());

        Assert.That(() => counter.RequestAsync(new OtherRequest(), Patience), Throws.ArgumentException.With.Message.Contains(nameof(CounterMessage)));
    }

    [Test]
    public void Bytes_are_read_by_the_serializer_and_what_is_malformed_is_counted()
    {
        ProcessHandle<CounterMessage> counter = Environment.Spawn(() => new CounterProcess());
        counter.Process.Send(Message.NoTag, [0, 0, 0, 0, 9, 0, 0, 0]);
        counter.Process.Send(Message.NoTag, [0xff]);
        counter.Process.Send(Message.Of("no counter message"));

        byte[] reply = Run(counter.Process.RequestAsync([1, 0, 0, 0], Patience), "a reply of bytes");
        Assert.That(reply, Is.EqualTo(new byte[] { 9, 0, 0, 0 }));
        Assert.That(Environment.UndeliverableMessages, Is.EqualTo(2));
    }

    [Test]
    public void Objects_arrive_as_themselves()
    {
        var sent = new List<object?> { new object() };
        RunBody(async context =>
        {
            context.Self.Send(Message.Of(sent, 4));
            Message message = await context.ReceiveAsync(4);
            Assert.That(message.Kind, Is.EqualTo(MessageKind.Object));
            Assert.That(message.Body, Is.SameAs(sent));
            Assert.That(message.Data.Length, Is.Zero);
        });
    }

    [Test]
    public void The_context_is_not_there_before_the_process_runs()
    {
        LunaticProcess process = Environment.Spawn(() => new EarlyProcess()).Process;

        Assert.That(Exit(process).Exception, Is.InstanceOf<InvalidOperationException>().With.Message.Contains("StartAsync"));
    }

    [Test]
    public void A_message_is_sent_later_and_again_until_it_is_given_up()
    {
        ProcessHandle<CounterMessage> counter = Environment.Spawn(() => new CounterProcess());
        ScheduledMessage every = counter.SendEvery(TimeSpan.FromMilliseconds(20), new Add(10));
        counter.SendAfter(TimeSpan.FromMilliseconds(1), new Add(1));

        Assert.That(Run(counter.RequestAsync(new GetAtLeast(31), Patience), "three periods"), Is.GreaterThanOrEqualTo(31));
        Assert.That(every.Cancel());
        Assert.That(every.Cancel(), Is.False);
        Assert.That(Runtime.Timers.Count, Is.Zero, "timers left");
    }

    [Test]
    public void The_end_of_the_receiver_ends_its_periodic_messages()
    {
        LunaticProcess process = Environment.Spawn(async context => await context.ReceiveAsync(99));
        process.SendEvery(TimeSpan.FromDays(1), 5, [1]);
        Assert.That(Runtime.Timers.Count, Is.EqualTo(1));
        process.Kill();
        Exit(process);

        Assert.That(Runtime.Timers.Count, Is.Zero, "timers left");
    }

    private sealed record OtherRequest : IRequest<int>;

    private sealed class CleanProcess(Action cleanUp) : TypedProcess<CounterMessage>
    {
        protected override ValueTask HandleAsync(CounterMessage message)
        {
            if (message is Get get)
                Reply(get, 1);
            return default;
        }

        protected override ValueTask StopAsync()
        {
            cleanUp();
            return default;
        }
    }

    private sealed class EarlyProcess : TypedProcess<CounterMessage>
    {
        public EarlyProcess() => Context.Self.Kill();

        protected override ValueTask HandleAsync(CounterMessage message) => default;
    }
}
