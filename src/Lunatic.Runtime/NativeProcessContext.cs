using System.Threading.Channels;
using Lunatic.Runtime.Mailboxes;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime;

/// <summary>What the body of a C# process has of its process. It can be used only where the body runs: not on other threads, and not after an await with <c>ConfigureAwait(false)</c>.</summary>
/// <remarks>
/// When the process has ended while its body still runs (it was killed, a link died, it asked for its end), every member throws <see cref="OperationCanceledException"/>. One receive can be
/// awaited at a time.
/// </remarks>
public sealed class NativeProcessContext
{
    private readonly NativeProcess _process;
    private MailboxReader? _mailbox;

    internal NativeProcessContext(NativeProcess process) => _process = process;

    /// <summary>The process itself, as others see it. Can be used anywhere.</summary>
    public LunaticProcess Self => _process;

    /// <summary>The process's environment. Can be used anywhere.</summary>
    public LunaticEnvironment Environment => _process.Environment;

    /// <summary>Cancelled when the process has ended while its body still runs.</summary>
    public CancellationToken Killed
    {
        get
        {
            _process.EnsureCalledByBody();
            return _process.Killed;
        }
    }

    /// <summary>
    /// Cancelled when the process is asked to end, by its supervisor for example. A body that ends with the <see cref="OperationCanceledException"/> of it has ended normally. A process whose
    /// body never asked for the token is killed instead.
    /// </summary>
    public CancellationToken StopRequested
    {
        get
        {
            _process.EnsureCalledByBody();
            return _process.StopRequested;
        }
    }

    /// <summary>The mailbox as a channel, in the order of arrival.</summary>
    public ChannelReader<Message> Mailbox => _mailbox ??= new MailboxReader(_process);

    /// <summary>Whether the failure of a linked process ends this one (false, initially) or becomes a <see cref="MessageKind.LinkDied"/> message (true).</summary>
    public bool TrapExit
    {
        get
        {
            _process.EnsureCalledByBody();
            return !_process.DiesWhenLinkDies;
        }

        set
        {
            _process.EnsureCalledByBody();
            _process.DiesWhenLinkDies = !value;
        }
    }

    /// <summary>Waits for the first message that has one of the tags (any message: no tags); others stay in the mailbox.</summary>
    public ValueTask<Message> ReceiveAsync(params ReadOnlySpan<long> tags) => _process.ReceiveAsync(tags, ProcessBase.NoDeadline, CancellationToken.None);

    /// <summary>Waits for the first message that has one of the tags (any message: no tags); others stay in the mailbox.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the process has ended.</exception>
    public ValueTask<Message> ReceiveAsync(CancellationToken cancellationToken, params ReadOnlySpan<long> tags) => _process.ReceiveAsync(tags, ProcessBase.NoDeadline, cancellationToken);

    /// <summary>Waits for the first message that has one of the tags (any message: no tags), up to a time; others stay in the mailbox.</summary>
    /// <returns>The message; null: none came in time.</returns>
    public ValueTask<Message?> ReceiveAsync(TimeSpan timeout, params ReadOnlySpan<long> tags) => _process.ReceiveAsync(tags, _process.DeadlineIn(timeout), CancellationToken.None)!;

    /// <inheritdoc cref="ReceiveAsync(TimeSpan, ReadOnlySpan{long})"/>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the process has ended.</exception>
    public ValueTask<Message?> ReceiveAsync(TimeSpan timeout, CancellationToken cancellationToken, params ReadOnlySpan<long> tags) =>
        _process.ReceiveAsync(tags, _process.DeadlineIn(timeout), cancellationToken)!;

    /// <summary>All messages in the order of arrival, until the process ends or the token is cancelled, which is an <see cref="OperationCanceledException"/>.</summary>
    public IAsyncEnumerable<Message> ReadAllAsync(CancellationToken cancellationToken = default) => Mailbox.ReadAllAsync(cancellationToken);

    /// <summary>Takes the first message that has one of the tags (any message: no tags), if it is there.</summary>
    public Message? TryReceive(params ReadOnlySpan<long> tags)
    {
        _process.EnsureCalledByBody();
        return _process.TryReceive(tags);
    }

    /// <summary>Answers a request (<see cref="LunaticProcess.RequestAsync"/>).</summary>
    /// <param name="request">The request.</param>
    /// <param name="data">The reply's bytes; they are copied.</param>
    /// <returns>False: the message is no request, or nobody waits for the reply any more.</returns>
    public bool Reply(Message request, ReadOnlyMemory<byte> data)
    {
        ArgumentNullException.ThrowIfNull(request);
        _process.EnsureCalledByBody();
        return request.ReplyTarget?.Reply(data.ToArray()) ?? false;
    }

    /// <summary>Sends a request to another process and waits for its reply; given up when this process ends. See <see cref="LunaticProcess.RequestAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The other process is this one, which could never reply.</exception>
    public async Task<byte[]> RequestAsync(LunaticProcess other, byte[] data, TimeSpan timeout, long tag = Message.NoTag, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other == _process)
            throw new InvalidOperationException($"{_process} sends itself a request and waits for the reply, which would never come.");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Killed, cancellationToken);
        // the context of the body is kept: it goes on in its slices
        return await other.RequestAsync(data, timeout, tag, either.Token);
    }

    /// <summary>Waits for some time.</summary>
    public ValueTask SleepAsync(TimeSpan time, CancellationToken cancellationToken = default) => _process.SleepAsync(_process.DeadlineIn(time), cancellationToken);

    /// <summary>Spawns a C# process in the same environment.</summary>
    /// <exception cref="LimitExceededException">There are as many processes as there may be.</exception>
    public LunaticProcess Spawn(Func<NativeProcessContext, Task> body, SpawnOptions? options = null)
    {
        _process.EnsureCalledByBody();
        return Environment.Spawn(body, options);
    }

    /// <summary>Spawns a C# process that handles messages of one type, in the same environment.</summary>
    /// <exception cref="LimitExceededException">There are as many processes as there may be.</exception>
    public ProcessHandle<TMessage> Spawn<TMessage>(Func<TypedProcess<TMessage>> create, SpawnOptions? options = null)
        where TMessage : notnull
    {
        _process.EnsureCalledByBody();
        return Environment.Spawn(create, options);
    }

    /// <summary>Spawns a C# process in the same environment, linked to this one before it runs.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="tag">The tag of the message that this process gets when the new one fails, if <see cref="TrapExit"/> is on.</param>
    /// <exception cref="LimitExceededException">There are as many processes as there may be.</exception>
    public LunaticProcess SpawnLinked(Func<NativeProcessContext, Task> body, long tag = Message.NoTag) => Spawn(body, new SpawnOptions { Link = _process, LinkTag = tag });

    /// <summary>Gives this process a name; see <see cref="LunaticEnvironment.Register"/>.</summary>
    public void Register(string name)
    {
        _process.EnsureCalledByBody();
        Environment.Register(name, _process);
    }

    /// <summary>Removes a name from the environment's registry.</summary>
    public void Unregister(string name)
    {
        _process.EnsureCalledByBody();
        Environment.Unregister(name);
    }

    /// <summary>Finds a process of the environment by its registered name.</summary>
    public LunaticProcess? FindProcess(string name)
    {
        _process.EnsureCalledByBody();
        return Environment.FindProcess(name);
    }

    /// <summary>Links this process with another; see <see cref="LunaticProcess.Link"/>.</summary>
    public void Link(LunaticProcess other, long tag = Message.NoTag)
    {
        _process.EnsureCalledByBody();
        _process.Link(other, tag);
    }

    /// <summary>Removes the link between this process and another, if there is one.</summary>
    public void Unlink(LunaticProcess other)
    {
        _process.EnsureCalledByBody();
        _process.Unlink(other);
    }

    /// <summary>Has this process told no more when another ends.</summary>
    public void StopMonitoring(LunaticProcess other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _process.EnsureCalledByBody();
        other.StopMonitoring(_process);
    }

    /// <summary>Has this process told when another ends; see <see cref="LunaticProcess.Monitor"/>.</summary>
    public void Monitor(LunaticProcess other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _process.EnsureCalledByBody();
        other.Monitor(_process);
    }

    /// <summary>Ends the process with an exit code: at the body's next await, which does not come back.</summary>
    /// <param name="code">0: a normal end; otherwise linked processes see a failure.</param>
    public void Exit(int code)
    {
        _process.EnsureCalledByBody();
        _process.End(ExitReason.Exited(code));
    }
}
