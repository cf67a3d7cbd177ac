using System.Buffers;
using Lunatic.Runtime.Mailboxes;

namespace Lunatic.Runtime;

/// <summary>A reply that a process owes (<see cref="TypedProcess{TMessage}.Defer"/>). When the process ends before, who waits is told. Can be used anywhere.</summary>
/// <typeparam name="TReply">The type of the reply.</typeparam>
public sealed class DeferredReply<TReply>
{
    private readonly IReplyTarget? _target;
    private readonly IMessageSerializer? _serializer;

    internal DeferredReply(IReplyTarget? target, IMessageSerializer? serializer) => (_target, _serializer) = (target, serializer);

    /// <summary>Sends the reply.</summary>
    /// <returns>False: nobody waits for it (any more).</returns>
    public bool Send(TReply reply)
    {
        switch (_target)
        {
            case null:
                return false;
            case PendingRequest<TReply> typed:
                return typed.Complete(reply);
            default:
                var bytes = new ArrayBufferWriter<byte>();
                (_serializer ?? throw new InvalidOperationException($"Who waits expects another reply than a {typeof(TReply).Name}.")).Write(bytes, reply);
                return _target.Reply(bytes.WrittenSpan.ToArray());
        }
    }
}
