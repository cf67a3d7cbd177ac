using System.Runtime.CompilerServices;
using Lunatic.Runtime.Mailboxes;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>The way of signals into a process.</summary>
internal abstract partial class ProcessBase
{
    /// <summary>The arrival number of the latest message that reached the mailbox. Owner only.</summary>
    internal long LastArrival => _mailbox.LastArrival;

    /// <summary>Messages that the process has not received yet. Approximate on other threads.</summary>
    internal int QueuedMessages => _mailbox.Count + ChainOf(Volatile.Read(ref _inbound)).Messages;

    /// <summary>Whether the process takes messages from others. One that does not gets only what the runtime itself posts, without bounds.</summary>
    internal bool TakesMail
    {
        get;
        set
        {
            field = value;
            _goesStraight = value && !Scheduler.CarriesMessages;
        }
    }

    // whether a sender puts messages into the mailbox himself: one look for that and for TakesMail
    private bool _goesStraight;

    /// <summary>Sends a message. Any thread.</summary>
    /// <returns>False: the process has ended or refuses it; the message is released and counted as undeliverable.</returns>
    public sealed override bool Send(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        CheckTakes(message);
        if (_goesStraight ? Accept(message) : TakesMail && Scheduler.Send(this, message))
            return true;
        Environment.CountUndeliverable(1);
        message.Abandon();
        return false;
    }

    /// <summary>Puts a message into the mailbox, if there is room. Any thread.</summary>
    /// <returns>False: the process has ended or refuses it; the caller still owns the message.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Accept(Message message) => Bounds is null ? Post(message) : PostBounded(message, Bounds);

    /// <summary>Hands a signal to the process. Any thread.</summary>
    /// <returns>False: the process has ended; the caller still owns the signal and answers it in the process's place.</returns>
    internal bool Post(Signal signal)
    {
        Signal? head = Volatile.Read(ref _inbound);
        while (head != Sentinel.Ended)
        {
            Link(signal, head == Sentinel.Parked ? null : head);
            Signal? seen = Interlocked.CompareExchange(ref _inbound, signal, head);
            if (seen == head)
            {
                Announce(head);
                return true;
            }
            head = seen;
        }
        return false;
    }

    /// <summary>
    /// The first message in the order of arrival that has one of the tags (any message: no tags) and came after a given one; null: none so far, or the process is ending. Owner only.
    /// A message that is already in the mailbox is found without a look at what is inbound; otherwise that is applied, wake-ups included. So a slice that finds nothing must look at whatever
    /// else it waits for (deadline, outside operation) after this call, not before.
    /// </summary>
    /// <param name="tags">The tags; <see cref="Message.NoTag"/> among them matches nothing.</param>
    /// <param name="after">An arrival number (<see cref="LastArrival"/>); 0 for all.</param>
    internal Message? TryReceive(scoped ReadOnlySpan<long> tags, long after = 0)
    {
        Message? message = _mailbox.Take(tags, after);
        if (message is not null || Volatile.Read(ref _inbound) is null)
            return message;
        Drain();
        return _ending is null ? _mailbox.Take(tags, after) : null;
    }

    /// <summary>Whether there is a message to receive. Owner only.</summary>
    internal bool HasMail()
    {
        if (_mailbox.Count == 0)
            Drain();
        return _mailbox.Count > 0;
    }

    /// <summary>Applies all inbound signals in the order in which they were posted and moves messages to the mailbox. Owner only.</summary>
    internal void Drain()
    {
        if (Volatile.Read(ref _inbound) is not null)
            Apply(Interlocked.Exchange(ref _inbound, null));
    }

    private void Apply(Signal? chain)
    {
        Signal? oldestFirst = null;
        while (chain is not null)
        {
            Signal? older = chain.Next;
            chain.Next = oldestFirst;
            oldestFirst = chain;
            chain = older;
        }
        while (oldestFirst is not null)
        {
            Signal signal = oldestFirst;
            oldestFirst = signal.Next;
            signal.Next = null;
            if (signal is Message message)
                Deliver(message);
            else
                Unsafe.As<ProcessSignal>(signal).Apply(this);
        }
    }

    /// <summary>Puts a message into the mailbox. Owner only.</summary>
    internal void Deliver(Message message)
    {
        _mailbox.Add(message);
        Environment.Runtime.Metrics.Delivered(message);
        if (message.ReplyTarget is { } requester)
            EnsureRelations().AddRequester(requester);
        if (Bounds is { Policy: MailboxFullPolicy.DropOldest } bounds && TakesMail)
            DropOldest(bounds);
    }

    // Guests have no objects. A message that reached them as one could be neither read nor told apart.
    private void CheckTakes(Message message)
    {
        if (message.Kind is MessageKind.Object && this is GuestProcess)
            throw new ArgumentException($"{this} is a guest, which takes bytes, not a {message.Body?.GetType().Name}: send bytes, or use a ProcessHandle with a serializer.", nameof(message));
    }

    private bool TryPark() => Interlocked.CompareExchange(ref _inbound, Sentinel.Parked, null) is null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Announce(Signal? replaced)
    {
        if (replaced == Sentinel.Parked)
            Scheduler.Schedule(this);
        else if (replaced is not null)
            Scheduler.MoreMailFor(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Link(Signal signal, Signal? chain)
    {
        signal.Next = chain;
        (int messages, long bytes) = ChainOf(chain);
        if (signal is Message message)
        {
            messages++;
            bytes += message.Length;
        }
        signal.ChainMessages = messages;
        signal.ChainBytes = bytes;
    }

    // A chain's counts may be stale when its newest node was taken and posted again in between: bounds are approximate anyway, the chain itself is not affected.
    private static (int Messages, long Bytes) ChainOf(Signal? chain) => chain is null ? default : (chain.ChainMessages, chain.ChainBytes);

    private bool PostBounded(Message message, MailboxBounds bounds)
    {
        Signal? head = Volatile.Read(ref _inbound);
        while (head != Sentinel.Ended)
        {
            Link(message, head == Sentinel.Parked ? null : head);
            if (bounds.Refuse((long)message.ChainMessages + _mailbox.Count, message.ChainBytes + _mailbox.Bytes))
            {
                // the receiver may have moved the chain to its mailbox between the two counts: then the same messages were counted twice
                Interlocked.MemoryBarrier();
                Signal? now = Volatile.Read(ref _inbound);
                if (now != head)
                {
                    head = now;
                    continue;
                }
                if (bounds.Policy is MailboxFullPolicy.KillReceiver)
                    Kill();
                return false;
            }
            Signal? seen = Interlocked.CompareExchange(ref _inbound, message, head);
            if (seen == head)
            {
                Announce(head);
                return true;
            }
            head = seen;
        }
        return false;
    }

    private void DropOldest(MailboxBounds bounds)
    {
        while (_mailbox.Count > 1 && bounds.AreExceededBy(_mailbox.Count, _mailbox.Bytes))
        {
            _mailbox.Take()!.Abandon();
            Environment.CountUndeliverable(1);
        }
    }

    private void DropMailbox()
    {
        int dropped = 0;
        for (; _mailbox.Take() is { } message; dropped++)
            message.Abandon();
        if (dropped > 0)
            Environment.CountUndeliverable(dropped);
    }
}
