namespace Lunatic.Runtime;

/// <summary>A C# process that handles messages of one type, one after the other. Its fields are its state: nobody else has the object.</summary>
/// <remarks>
/// It is spawned by <see cref="LunaticEnvironment.Spawn{TMessage}(Func{TypedProcess{TMessage}}, SpawnOptions)"/>. An exception that leaves a handler ends the process and is its exit
/// reason; who waits for a reply gets a <see cref="RequestFailedException"/>.
/// </remarks>
/// <typeparam name="TMessage">The base type of the messages: immutable records, most of the time.</typeparam>
public abstract class TypedProcess<TMessage>
    where TMessage : notnull
{
    private NativeProcessContext? _context;
    private Message? _current;
    private bool _isDeferred;
    private bool _isStopped;

    /// <summary>What the process has of itself.</summary>
    /// <exception cref="InvalidOperationException">The process does not run yet: do in <see cref="StartAsync"/> what needs it.</exception>
    protected NativeProcessContext Context => _context ?? throw new InvalidOperationException("The process does not run yet: in the constructor there is no context. Override StartAsync.");

    /// <summary>How messages of bytes are read, which guests send. Default: null, they are not (<see cref="HandleOtherAsync"/>).</summary>
    protected virtual IMessageSerializer? Serializer => null;

    /// <summary>Runs before the first message.</summary>
    protected virtual ValueTask StartAsync() => default;

    /// <summary>Handles a message. The next one waits until this has ended.</summary>
    protected abstract ValueTask HandleAsync(TMessage message);

    /// <summary>
    /// Handles what is no <typeparamref name="TMessage"/>: the news of a death (<see cref="NativeProcessContext.Monitor"/>, <see cref="NativeProcessContext.TrapExit"/>), objects of other
    /// types, bytes that are malformed or that no <see cref="Serializer"/> reads. Default: drops it, and counts all but news as undeliverable.
    /// </summary>
    protected virtual ValueTask HandleOtherAsync(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Kind is MessageKind.Data or MessageKind.Object)
            Context.Environment.CountUndeliverable(1);
        message.Abandon();
        return default;
    }

    /// <summary>Runs after the last message, when the process ends by <see cref="Stop"/> or was asked to (<see cref="NativeProcessContext.StopRequested"/>). What still waits in the mailbox is dropped.</summary>
    protected virtual ValueTask StopAsync() => default;

    /// <summary>Replies to the request that is being handled.</summary>
    /// <returns>False: nobody waits for the reply any more.</returns>
    /// <exception cref="InvalidOperationException">The request is not the message that is being handled (see <see cref="Defer"/>).</exception>
    protected bool Reply<TReply>(IRequest<TReply> request, TReply reply) => new DeferredReply<TReply>(TargetOf(request), Serializer).Send(reply);

    /// <summary>Lets the request that is being handled be replied to later.</summary>
    /// <exception cref="InvalidOperationException">The request is not the message that is being handled.</exception>
    protected DeferredReply<TReply> Defer<TReply>(IRequest<TReply> request)
    {
        var later = new DeferredReply<TReply>(TargetOf(request), Serializer);
        _isDeferred = true;
        return later;
    }

    /// <summary>Ends the process normally, after the current message.</summary>
    protected void Stop() => _isStopped = true;

    /// <summary>The body of the process, for those who spawn it by another way: supervisors. Once per object.</summary>
    public async Task RunAsync(NativeProcessContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_context is not null)
            throw new InvalidOperationException($"The {GetType().Name} belongs to {_context.Self} already: make one for each process.");
        _context = context;
        using CancellationTokenRegistration stopping = context.StopRequested.UnsafeRegister(static process => ((TypedProcess<TMessage>)process!).StopAsAsked(), this);
        await StartAsync();
        while (!_isStopped)
        {
            Message message = await context.ReceiveAsync();
            if (ReferenceEquals(message.Body, this))
                continue;
            if (!TryRead(message, out TMessage? content))
            {
                await HandleOtherAsync(message);
                continue;
            }
            (_current, _isDeferred) = (message, false);
            await HandleAsync(content);
            _current = null;
            if (!_isDeferred)
                message.ReplyTarget?.Fail(new RequestFailedException(context.Self.Id, $"Process {context.Self.Id} handled the request {content.GetType().Name} without a reply: call Reply or Defer for it."));
        }
        await StopAsync();
    }

    // The message ends the wait for one. If it is refused there are others.
    private void StopAsAsked()
    {
        _isStopped = true;
        Context.Self.Send(Message.Of(this));
    }

    private bool TryRead(Message message, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TMessage? content)
    {
        content = default;
        if (message.Kind is MessageKind.Object)
        {
            content = message.Body is TMessage typed ? typed : default;
            return content is not null;
        }
        if (message.Kind is not MessageKind.Data || Serializer is not { } serializer)
            return false;
        try
        {
            content = serializer.Read<TMessage>(message.Data);
            return true;
        }
        catch (MessageFormatException)
        {
            // whoever sent it must not end the process by it
            return false;
        }
    }

    private IReplyTarget? TargetOf(object request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_current is null || (_current.Kind is MessageKind.Object && !ReferenceEquals(_current.Body, request)))
            throw new InvalidOperationException($"The {request.GetType().Name} is not the message that is being handled: to reply later, call Defer while it is, and keep what it returns.");
        return _current.ReplyTarget;
    }
}
