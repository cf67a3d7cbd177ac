using System.Buffers;
using Lunatic.Runtime.Processes.Abstract;
using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Serialization;

namespace Lunatic.Runtime;

/// <summary>An abstract process of a guest (<c>ProcessRef</c> of the Rust crate <c>lunatic</c> 0.14), to be sent messages and requests.</summary>
/// <remarks>
/// Handlers have numbers from 1, in the order of <c>AbstractProcess::Handlers</c>. The macro <c>#[abstract_process]</c> numbers its <c>#[handle_message]</c> functions first, then
/// <c>#[handle_request]</c>, then <c>#[handle_deferred_request]</c>. A handler's message is a tuple struct of the function's arguments: one argument is sent as itself, none as
/// a record without members, several as a value tuple.
/// </remarks>
public sealed class AbstractProcessHandle
{
    private readonly IMessageSerializer _serializer;

    /// <summary>Creates a handle.</summary>
    /// <param name="process">The process.</param>
    /// <param name="serializer">The process's <c>Serializer</c>; null for bincode, the crate's default.</param>
    public AbstractProcessHandle(LunaticProcess process, IMessageSerializer? serializer = null)
    {
        ArgumentNullException.ThrowIfNull(process);
        Process = process;
        _serializer = serializer ?? MessageSerializers.Bincode;
    }

    /// <summary>The process.</summary>
    public LunaticProcess Process { get; }

    /// <summary>The name under which the crate registers an abstract process.</summary>
    /// <param name="type">The full Rust name of the type, for example <c>supervised::Counter</c>.</param>
    /// <param name="name">The name that the program gave.</param>
    /// <param name="serializer">The full Rust name of the serializer.</param>
    public static string RegisteredName(string type, string name, string serializer = "lunatic::serializer::Bincode") => $"{type}/{serializer}/ProcessRef/{name}";

    /// <summary>Sends a message to a <c>#[handle_message]</c> function.</summary>
    /// <param name="handler">The handler's number, 1 to 63 but 32.</param>
    /// <param name="message">The message.</param>
    /// <returns>False: the process has ended or its mailbox is full.</returns>
    public bool Send<T>(int handler, T message)
    {
        AbstractProcessTag.Check(handler);
        return Process.Send(Encode(handler, message));
    }

    /// <summary>Sends a request to a <c>#[handle_request]</c> function and waits for the reply.</summary>
    /// <param name="handler">The handler's number, 1 to 63 but 32.</param>
    /// <param name="request">The request.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TimeoutException">No reply in time.</exception>
    /// <exception cref="RequestFailedException">The process has ended.</exception>
    /// <exception cref="MessageFormatException">The reply is no <typeparamref name="TReply"/>.</exception>
    public Task<TReply> RequestAsync<TRequest, TReply>(int handler, TRequest request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        AbstractProcessTag.Check(handler);
        return RequestAsync<TReply>(self => Encode(handler, new RequestMessage<TRequest>(request, self)), timeout, cancellationToken);
    }

    /// <summary>Asks the process to end and waits until it has handled what was sent before, and its <c>terminate</c>.</summary>
    /// <inheritdoc cref="RequestAsync{TRequest, TReply}"/>
    public Task ShutdownAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        RequestAsync<ValueTuple>(self => Encode(AbstractProcessTag.Shutdown, self), timeout, cancellationToken);

    // Replies come to a process by its number. One that lives for the request cannot take another's message for the reply.
    private Task<TReply> RequestAsync<TReply>(Func<ReturnAddress, Message> create, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var reply = new Completion<TReply>(Process.Environment.Runtime.Scheduler);
        Process.Environment.Spawn(async context =>
        {
            try
            {
                context.Monitor(Process);
                Process.Send(create(new ReturnAddress(new ProcessReference(context.Self.Id))));
                Message? answer = await context.ReceiveAsync(timeout, cancellationToken);
                if (answer is null)
                    reply.Fail(new TimeoutException($"{Process} did not reply in time."));
                else if (answer.Kind is MessageKind.ProcessDied)
                    reply.Fail(new RequestFailedException(Process.Id, answer.DeathReason));
                else
                    reply.Succeed(_serializer.Read<TReply>(answer.Data));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                reply.Cancel(cancellationToken);
            }
            catch (Exception exception)
            {
                // the caller's, whatever it is
                reply.Fail(exception);
            }
        });
        return reply.Task;
    }

    private Message Encode<T>(int handler, T content)
    {
        var bytes = new ArrayBufferWriter<byte>();
        _serializer.Write(bytes, content);
        return new Message(AbstractProcessTag.Of(handler), bytes.WrittenSpan);
    }
}
