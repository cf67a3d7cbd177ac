namespace Lunatic.Runtime.Tests.Processes.Abstract;

/// <summary>C# processes and abstract processes of a real Rust guest talk to each other.</summary>
[TestFixture]
public sealed class AbstractProcessTests
{
    private const int AddHandler = 1;
    private const int ValueHandler = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public async Task A_guest_takes_messages_and_requests_from_the_host()
    {
        await using var guest = new SupervisedGuest();
        AbstractProcessHandle first = guest.Counter("first");
        Assert.That(first.Send(AddHandler, 5L));

        Assert.That(guest.Deterministic.Run(first.RequestAsync<ValueTuple, long>(ValueHandler, default, Patience)), Is.EqualTo(105));
        Assert.That(guest.Finish(), Is.EqualTo(ExitReason.Returned));
        Assert.That(guest.Lines, Does.Contain("105 207"), "what the guest itself saw afterwards");
    }

    [Test]
    public async Task A_guest_that_fails_is_told_to_who_waits()
    {
        await using var guest = new SupervisedGuest();
        AbstractProcessHandle second = guest.Counter("second");
        second.Send(AddHandler, 0L);
        Task<long> reply = second.RequestAsync<ValueTuple, long>(ValueHandler, default, Timeout.InfiniteTimeSpan);

        Assert.That(() => guest.Deterministic.Run(reply), Throws.InstanceOf<RequestFailedException>());
        guest.Deterministic.RunUntilIdle();
        Assert.That(guest.Deterministic.Run(guest.Counter("second").RequestAsync<ValueTuple, long>(ValueHandler, default, Patience)), Is.EqualTo(200), "restarted");
    }

    [Test]
    public async Task A_request_to_a_guest_times_out_and_can_be_cancelled()
    {
        await using var guest = new SupervisedGuest();
        // a process that receives but is no abstract process
        LunaticProcess deaf = guest.Environment.Spawn(async context => await context.ReceiveAsync(1));
        var handle = new AbstractProcessHandle(deaf);
        Task<long> late = handle.RequestAsync<ValueTuple, long>(ValueHandler, default, TimeSpan.FromMilliseconds(50));
        Assert.That(() => guest.Deterministic.Run(late), Throws.InstanceOf<TimeoutException>());

        using var cancellation = new CancellationTokenSource();
        Task<long> given = handle.RequestAsync<ValueTuple, long>(ValueHandler, default, Timeout.InfiniteTimeSpan, cancellation.Token);
        guest.Deterministic.RunUntilIdle();
        int before = guest.Environment.ProcessCount;
        await cancellation.CancelAsync();
        Assert.That(() => guest.Deterministic.Run(given), Throws.InstanceOf<OperationCanceledException>());
        guest.Deterministic.RunUntilIdle();
        Assert.That(guest.Environment.ProcessCount, Is.EqualTo(before - 1), "the process of the request is gone");
    }

    [Test]
    public async Task A_CSharp_process_serves_the_requests_of_a_guest()
    {
        await using var guest = new SupervisedGuest();
        List<long> added = [];
        guest.Environment.Spawn(
            context => new AbstractProcessServer()
                .OnMessage<long>(AddHandler, amount =>
                {
                    added.Add(amount);
                    return default;
                })
                .OnRequest<ValueTuple, long>(ValueHandler, _ => new ValueTask<long>(4242))
                .RunAsync(context),
            new SpawnOptions { Name = SupervisedGuest.NameOf("first") });

        AbstractProcessHandle itself = guest.Counter("first");
        itself.Send(AddHandler, 3L);
        itself.Process.Send(9L << 56, [1, 2, 3]);
        Assert.That(guest.Finish(), Is.EqualTo(ExitReason.Returned));
        Assert.That(guest.Lines, Does.Contain("4242 207"), "the guest asked the C# process");
        Assert.That(added, Is.EqualTo(new long[] { 3 }));
        Assert.That(guest.Environment.UndeliverableMessages, Is.GreaterThanOrEqualTo(1), "the message for a handler that is not there");
    }

    [TestCase(0)]
    [TestCase(32)]
    [TestCase(64)]
    public async Task A_handler_that_cannot_be_is_refused(int handler)
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        await using LunaticEnvironment environment = runtime.CreateEnvironment();
        var handle = new AbstractProcessHandle(environment.Spawn(_ => Task.CompletedTask));

        Assert.That(() => handle.Send(handler, 1L), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new AbstractProcessServer().OnMessage<long>(handler, _ => default), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task Shutdown_is_asked_for_and_served()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 2 });
        await using LunaticEnvironment environment = runtime.CreateEnvironment();
        foreach (IMessageSerializer serializer in new[] { Lunatic.Runtime.Serialization.MessageSerializers.Bincode, Lunatic.Runtime.Serialization.MessageSerializers.MessagePack })
        {
            bool terminated = false;
            LunaticProcess server = environment.Spawn(context => new AbstractProcessServer(serializer)
                .OnRequest<(int, int), int>(3, pair => new ValueTask<int>(pair.Item1 + pair.Item2))
                .OnRequest<string, string>(4, text => new ValueTask<string>(text + "!"))
                .OnShutdown(() =>
                {
                    terminated = true;
                    return default;
                })
                .RunAsync(context));
            var handle = new AbstractProcessHandle(server, serializer);

            Assert.That(await handle.RequestAsync<(int, int), int>(3, (4, 5), Patience), Is.EqualTo(9));
            Assert.That(await handle.RequestAsync<string, string>(4, "hello", Patience), Is.EqualTo("hello!"));
            await handle.ShutdownAsync(Patience);
            Assert.That(terminated);
            Assert.That(await server.Completion.WaitAsync(Patience), Is.EqualTo(ExitReason.Returned));
        }
    }
}
