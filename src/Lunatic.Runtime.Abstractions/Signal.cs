namespace Lunatic.Runtime;

/// <summary>What travels to a process: a message, or an order of the runtime (kill, link, …). All share one queue per process, so a sender's signals keep their order.</summary>
/// <remarks>A signal is its own queue node: it is in one queue at most, and belongs to the receiver once it is posted.</remarks>
public abstract class Signal
{
    internal Signal()
    {
    }

    /// <summary>The next node of the queue that the signal is in: the one posted before it while inbound, the one behind it in a mailbox.</summary>
    internal Signal? Next;

    /// <summary>While inbound: how many messages the chain holds from here to its oldest node.</summary>
    internal int ChainMessages;

    /// <summary>While inbound: how many bytes of messages the chain holds from here to its oldest node.</summary>
    internal long ChainBytes;
}
