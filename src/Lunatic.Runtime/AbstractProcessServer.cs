using System.Buffers;
using Lunatic.Runtime.Processes.Abstract;
using Lunatic.Runtime.Serialization;

namespace Lunatic.Runtime;

/// <summary>Serves guests like an abstract process of the Rust crate <c>lunatic</c> 0.14: they send messages and requests to it by <c>ProcessRef</c>. It is the body of a C# process.</summary>
/// <remarks>
/// Handlers have the numbers that <see cref="AbstractProcessHandle"/> tells. What guests send wrongly (an unknown handler, malformed bytes) is dropped and counted as undeliverable; an
/// exception of a handler ends the process.
/// </remarks>
/// <param name="serializer">The <c>Serializer</c> of the Rust type; null for bincode, the crate's default.</param>
public sealed class AbstractProcessServer(IMessageSerializer? serializer = null)
{
    private readonly IMessageSerializer _serializer = serializer ?? MessageSerializers.Bincode;
    private readonly Dictionary<int, Func<NativeProcessContext, Message, ValueTask>> _handlers = [];
    private Func<ValueTask> _terminate = static () => default;

    /// <summary>Handles a message.</summary>
    /// <param name="handler">The handler's number, 1 to 63 but 32.</param>
    /// <param name="handle">What is done.</param>
    public AbstractProcessServer OnMessage<T>(int handler, Func<T, ValueTask> handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return Add(handler, (_, message) => handle(_serializer.Read<T>(message.Data)));
    }

    /// <summary>Handles a request.</summary>
    /// <param name="handler">The handler's number, 1 to 63 but 32.</param>
    /// <param name="handle">Gives the reply.</param>
    public AbstractProcessServer OnRequest<T, TReply>(int handler, Func<T, ValueTask<TReply>> handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return Add(handler, async (context, message) =>
        {
            RequestMessage<T> request = _serializer.Read<RequestMessage<T>>(message.Data);
            Reply(context, request.Address, message.Tag, await handle(request.Request));
        });
    }

    /// <summary>Sets what is done when a guest asks the process to shut down, before it ends. Default: nothing.</summary>
    public AbstractProcessServer OnShutdown(Func<ValueTask> terminate)
    {
        ArgumentNullException.ThrowIfNull(terminate);
        _terminate = terminate;
        return this;
    }

    /// <summary>The body of the process: handles messages until a guest asks it to shut down.</summary>
    public async Task RunAsync(NativeProcessContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        while (true)
        {
            Message message = await context.ReceiveAsync();
            if (message.Kind is not MessageKind.Data)
                continue;
            try
            {
                int handler = AbstractProcessTag.HandlerOf(message.Tag);
                if (handler == AbstractProcessTag.Shutdown)
                {
                    ReturnAddress address = _serializer.Read<ReturnAddress>(message.Data);
                    await _terminate();
                    Reply(context, address, message.Tag, default(ValueTuple));
                    return;
                }
                if (_handlers.TryGetValue(handler, out Func<NativeProcessContext, Message, ValueTask>? handle))
                    await handle(context, message);
                else
                    Drop(context, message);
            }
            catch (MessageFormatException)
            {
                // whoever sent it must not end the process by it
                Drop(context, message);
            }
        }
    }

    private AbstractProcessServer Add(int handler, Func<NativeProcessContext, Message, ValueTask> handle)
    {
        AbstractProcessTag.Check(handler);
        return _handlers.TryAdd(handler, handle) ? this : throw new ArgumentException($"There is a handler {handler} already.", nameof(handler));
    }

    private void Reply<T>(NativeProcessContext context, ReturnAddress address, long tag, T reply)
    {
        var bytes = new ArrayBufferWriter<byte>();
        _serializer.Write(bytes, reply);
        // gone: it does not wait any more
        context.Environment.FindProcess((long)address.Process.Id)?.Send(AbstractProcessTag.ReplyTo(tag), bytes.WrittenSpan);
    }

    private static void Drop(NativeProcessContext context, Message message)
    {
        context.Environment.CountUndeliverable(1);
        message.Abandon();
    }
}
