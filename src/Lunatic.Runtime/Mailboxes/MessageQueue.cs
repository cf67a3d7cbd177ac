using System.Diagnostics;

namespace Lunatic.Runtime.Mailboxes;

/// <summary>
/// The messages that have reached a process, in the order of their arrival, with selective receive: a take removes the first message that matches and leaves the others where they are.
/// Up to <see cref="LinearLimit"/> messages are searched one by one, more of them through an index by tag. Used by the process's own slice only.
/// </summary>
internal struct MessageQueue
{
    /// <summary>Beyond this many messages an index pays: building it costs about what two searches cost.</summary>
    internal const int LinearLimit = 32;

    private Message? _head, _tail;
    private TagIndex? _index;
    private int _count;

    /// <summary>Messages in the queue. Read by other threads for mailbox bounds.</summary>
    internal readonly int Count => Volatile.Read(in _count);

    /// <summary>Bytes of these messages. Read by other threads for mailbox bounds.</summary>
    internal long Bytes { readonly get => Volatile.Read(in _bytes); private set => _bytes = value; }

    private long _bytes;

    /// <summary>The number of the latest arrival; a take can be restricted to later ones.</summary>
    internal long LastArrival { get; private set; }

    internal void Add(Message message)
    {
        message.Arrival = ++LastArrival;
        message.Next = null;
        message.Previous = _tail;
        if (_tail is null)
            _head = message;
        else
            _tail.Next = message;
        _tail = message;
        _count++;
        _bytes += message.Length;
        if (_index is not null || _count > LinearLimit)
            Index(message);
    }

    /// <summary>Removes the oldest message.</summary>
    internal Message? Take()
    {
        Message? message = _head;
        if (message is not null)
            Remove(message);
        return message;
    }

    /// <summary>Removes the oldest message that has one of the tags (any message: no tags) and arrived after a given one.</summary>
    /// <param name="tags">The tags; <see cref="Message.NoTag"/> among them matches nothing.</param>
    /// <param name="after">An arrival number; 0 for all.</param>
    internal Message? Take(scoped ReadOnlySpan<long> tags, long after = 0)
    {
        Message? found = _head is null || after >= LastArrival ? null
            : tags.IsEmpty ? FindAny(after)
            : _index is null ? FindLinear(tags, after)
            : _index.Find(tags, after);
        if (found is not null)
            Remove(found);
        return found;
    }

    private readonly Message? FindAny(long after)
    {
        Message? message = _head;
        while (message is not null && message.Arrival <= after)
            message = (Message?)message.Next;
        return message;
    }

    private readonly Message? FindLinear(scoped ReadOnlySpan<long> tags, long after)
    {
        for (Message? message = _head; message is not null; message = (Message?)message.Next)
        {
            if (message.Arrival > after && message.Tag != Message.NoTag && tags.Contains(message.Tag))
                return message;
        }
        return null;
    }

    private void Index(Message latest)
    {
        if (_index is not null)
        {
            _index.Add(latest);
            return;
        }
        _index = new TagIndex();
        for (Message? message = _head; message is not null; message = (Message?)message.Next)
            _index.Add(message);
    }

    private void Remove(Message message)
    {
        Debug.Assert(_count > 0);
        _index?.Remove(message);
        var next = (Message?)message.Next;
        if (message.Previous is null)
            _head = next;
        else
            message.Previous.Next = next;
        if (next is null)
            _tail = message.Previous;
        else
            next.Previous = message.Previous;
        message.Next = null;
        message.Previous = null;
        _bytes -= message.Length;
        if (--_count == 0)
            _index = null;
    }
}
