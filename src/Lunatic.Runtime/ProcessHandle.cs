using System.Buffers;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime;

/// <summary>A process as those see it who send it messages of one type. C# processes get the objects themselves, which must not change any more; guests get bytes of a serializer.</summary>
/// <typeparam name="TMessage">The base type of the messages.</typeparam>
public sealed class ProcessHandle<TMessage>
    where TMessage : notnull
{
    private readonly ProcessBase _process;
    private readonly IMessageSerializer? _serializer;

    /// <summary>Creates a handle of a process.</summary>
    /// <param name="process">A C# process that takes such messages, or a guest that reads them with a serializer.</param>
    /// <param name="serializer">What the guest reads them with; needed for guests only.</param>
    /// <exception cref="ArgumentException">The process is a guest and there is no serializer.</exception>
    public ProcessHandle(LunaticProcess process, IMessageSerializer? serializer = null)
    {
        _process = ProcessBase.Local(process);
        _serializer = serializer;
        if (serializer is null && _process is not NativeProcess)
            throw new ArgumentException($"{process} is a guest, which takes bytes: pass the serializer that it uses, for example MessageSerializers.Bincode.", nameof(serializer));
    }

    /// <summary>The process.</summary>
    public LunaticProcess Process => _process;

    /// <summary>Sends a message.</summary>
    /// <param name="message">The message; it must not be changed any more.</param>
    /// <param name="tag">The tag that a selective receive can ask for.</param>
    /// <returns>False: the process has ended or its mailbox is full; the message is dropped and counted as undeliverable.</returns>
    public bool Send(TMessage message, long tag = Message.NoTag) => _process.Send(Wrap(message, tag));

    /// <summary>Sends a message later; see <see cref="LunaticProcess.SendAfter"/>.</summary>
    public ScheduledMessage SendAfter(TimeSpan delay, TMessage message, long tag = Message.NoTag) => _process.SendAfter(delay, Wrap(message, tag));

    /// <summary>Sends a message again and again, first at the end of the period, until it is given up or the process ends.</summary>
    /// <param name="period">The time between two, at least a millisecond.</param>
    /// <param name="message">The message; it must not be changed any more.</param>
    /// <param name="tag">The tag that a selective receive can ask for.</param>
    public ScheduledMessage SendEvery(TimeSpan period, TMessage message, long tag = Message.NoTag)
    {
        // what cannot be sent is the caller's error, not the timer's
        Message first = Wrap(message, tag);
        return _process.SendEvery(period, first.Kind is MessageKind.Object ? () => Message.Of(message, tag) : () => new Message(tag, first.Data.Span));
    }

    /// <summary>Sends a request to a C# process and waits for its reply.</summary>
    /// <param name="request">The request, a <typeparamref name="TMessage"/>; it must not be changed any more.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">The request is no <typeparamref name="TMessage"/>.</exception>
    /// <exception cref="TimeoutException">No reply in time.</exception>
    /// <exception cref="RequestFailedException">The process has ended, refuses messages, or has handled the request without a reply.</exception>
    /// <exception cref="NotSupportedException">The process is a guest: <see cref="AbstractProcessHandle"/> sends requests to those.</exception>
    public Task<TReply> RequestAsync<TReply>(IRequest<TReply> request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is not TMessage)
            throw new ArgumentException($"A {request.GetType().Name} is no {typeof(TMessage).Name}, which is what {Process} takes.", nameof(request));
        return _process is NativeProcess
            ? _process.RequestObjectAsync<TReply>(request, timeout, cancellationToken)
            : throw new NotSupportedException($"{Process} is a guest, which knows no requests of this kind: use an AbstractProcessHandle.");
    }

    /// <summary>For example <c>process 1.42 (CounterMessage)</c>.</summary>
    public override string ToString() => $"{Process} ({typeof(TMessage).Name})";

    private Message Wrap(TMessage message, long tag)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_process is NativeProcess)
            return Message.Of(message, tag);
        var bytes = new ArrayBufferWriter<byte>();
        _serializer!.Write(bytes, message);
        return new Message(tag, bytes.WrittenSpan);
    }
}
