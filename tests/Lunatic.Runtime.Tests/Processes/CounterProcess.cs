using Lunatic.Runtime.Serialization;

namespace Lunatic.Runtime.Tests.Processes;

#region docs: a typed process
[MessageVariant(0, typeof(Add))]
[MessageVariant(1, typeof(Get))]
[MessageVariant(2, typeof(GetAtLeast))]
[MessageVariant(3, typeof(Forget))]
[MessageVariant(4, typeof(Quit))]
internal abstract record CounterMessage;

[MessageNewtype]
internal sealed record Add(int Amount) : CounterMessage;

internal sealed record Get : CounterMessage, IRequest<int>;

internal sealed record GetAtLeast(int Value) : CounterMessage, IRequest<int>;

internal sealed record Forget : CounterMessage, IRequest<int>;

internal sealed record Quit : CounterMessage;

internal sealed class CounterProcess(int count = 0) : TypedProcess<CounterMessage>
{
    private readonly List<(int Value, DeferredReply<int> Reply)> _waiting = [];

    // guests send bincode; C# processes send the objects themselves
    protected override IMessageSerializer Serializer => MessageSerializers.Bincode;

    protected override ValueTask HandleAsync(CounterMessage message)
    {
        switch (message)
        {
            case Add add:
                count = checked(count + add.Amount);
                foreach ((int value, DeferredReply<int> reply) in _waiting.Where(waiting => waiting.Value <= count))
                    reply.Send(count);
                _waiting.RemoveAll(waiting => waiting.Value <= count);
                break;
            case Get get:
                Reply(get, count);
                break;
            case GetAtLeast get:
                _waiting.Add((get.Value, Defer(get)));
                break;
            case Quit:
                Stop();
                break;
        }
        return default;
    }
}
#endregion
