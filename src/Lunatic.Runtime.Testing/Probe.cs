using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Testing.Scheduling;

namespace Lunatic.Runtime.Testing;

/// <summary>
/// A process of the test. Others send it messages, link with it and monitor it like any other; the test asks what came, and sends in its name. Made by <see cref="DeterministicRuntime.CreateProbe"/>.
/// </summary>
/// <remarks>
/// The methods that wait are awaited in the test's body. Where the run is driven step by step they drive it themselves, so they may be awaited there, too. Times are virtual.
/// Links do not kill a probe: the news of a death is a message.
/// </remarks>
public sealed partial class Probe
{
    private readonly DeterministicRuntime _run;
    private readonly ObservedProcess _observed;
    private readonly List<Message> _mail = [];
    private readonly Dictionary<object, Message> _requests = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ProcessId> _monitored = [];

    internal Probe(DeterministicRuntime run, LunaticEnvironment environment, string name)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(name);
        if (environment.Runtime != run.Runtime)
            throw new ArgumentException("The environment belongs to another runtime.", nameof(environment));
        _run = run;
        Name = name;
        NativeProcess process = environment.Create(ReceiveAllAsync);
        Process = process;
        _observed = run.Scheduler.Observe(process);
        _observed.Probe = this;
        process.Start();
    }

    /// <summary>The probe's name.</summary>
    public string Name { get; }

    /// <summary>The process that it is for others.</summary>
    public LunaticProcess Process { get; }

    /// <summary>Messages that came and that nobody expected yet, oldest first.</summary>
    public IReadOnlyList<Message> Unread => [.. _mail];

    /// <summary>How long expectations wait that say nothing else. Default: 10 seconds of virtual time.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The probe for those who send messages of a type.</summary>
    public ProcessHandle<TMessage> As<TMessage>()
        where TMessage : notnull => new(Process);

    /// <summary>Sends a message in the name of the probe: so it stands in the trace, and faults can be planned by it.</summary>
    /// <returns>False: the process has ended or its mailbox is full.</returns>
    public bool Send(LunaticProcess process, Message message)
    {
        ArgumentNullException.ThrowIfNull(process);
        return _run.Scheduler.ActAs(_observed, () => process.Send(message));
    }

    /// <summary>Sends a message with a copy of the given bytes in the name of the probe.</summary>
    /// <returns>False: the process has ended or its mailbox is full.</returns>
    public bool Send(LunaticProcess process, long tag, ReadOnlySpan<byte> data) => Send(process, new Message(tag, data));

    /// <summary>Sends an object, or what a guest's serializer makes of it, in the name of the probe.</summary>
    /// <returns>False: the process has ended or its mailbox is full.</returns>
    public bool Send<TMessage>(ProcessHandle<TMessage> process, TMessage message, long tag = Message.NoTag)
        where TMessage : notnull
    {
        ArgumentNullException.ThrowIfNull(process);
        return _run.Scheduler.ActAs(_observed, () => process.Send(message, tag));
    }

    /// <summary>Replies to a request of bytes that the probe received.</summary>
    /// <returns>False: the message is no request, or nobody waits for the reply any more.</returns>
    public bool Reply(Message request, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(request);
        byte[] reply = data.ToArray();
        return _run.Scheduler.ActAs(_observed, () => request.ReplyTarget?.Reply(reply) ?? false);
    }

    /// <summary>Replies to a request that the probe received.</summary>
    /// <returns>False: nobody waits for the reply any more.</returns>
    /// <exception cref="ArgumentException">The probe received no such request, or has replied to it.</exception>
    public bool Reply<TReply>(IRequest<TReply> request, TReply reply)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!_requests.Remove(request, out Message? message))
            throw new ArgumentException($"Probe '{Name}' received no such request, or has replied to it.", nameof(request));
        return _run.Scheduler.ActAs(_observed, () => new DeferredReply<TReply>(message.ReplyTarget, null).Send(reply));
    }

    /// <summary>Has the probe told of the end of a process, however it ends; see <see cref="ExpectExitAsync"/>.</summary>
    public void Monitor(LunaticProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (_monitored.Add(process.Id))
            process.Monitor(Process);
    }

    /// <summary>For example <c>probe 'customer' (process 1.3)</c>.</summary>
    public override string ToString() => $"probe '{Name}' ({Process})";

    private async Task ReceiveAllAsync(NativeProcessContext context)
    {
        context.TrapExit = true;
        while (true)
            Take(await context.ReceiveAsync());
    }

    private void Take(Message message)
    {
        if (message.ReplyTarget is not null && message.Body is { } request)
            _requests[request] = message;
        _mail.Add(message);
        LookAtMail();
    }
}
