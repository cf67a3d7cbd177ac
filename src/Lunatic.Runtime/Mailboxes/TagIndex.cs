using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lunatic.Runtime.Mailboxes;

/// <summary>For each tag the chain of the messages that carry it, in the order of their arrival. Untagged messages are not in it.</summary>
internal sealed class TagIndex
{
    private readonly Dictionary<long, Chain> _chains = new(2 * MessageQueue.LinearLimit);

    internal void Add(Message message)
    {
        message.NextOfTag = null;
        if (message.Tag == Message.NoTag)
            return;
        ref Chain chain = ref CollectionsMarshal.GetValueRefOrAddDefault(_chains, message.Tag, out bool exists);
        if (exists)
            chain.Last.NextOfTag = message;
        else
            chain.First = message;
        chain.Last = message;
    }

    internal Message? Find(ReadOnlySpan<long> tags, long after)
    {
        Message? oldest = null;
        foreach (long tag in tags)
        {
            ref Chain chain = ref CollectionsMarshal.GetValueRefOrNullRef(_chains, tag);
            if (Unsafe.IsNullRef(ref chain) || chain.Last.Arrival <= after)
                continue;
            Message message = chain.First;
            while (message.Arrival <= after)
                message = message.NextOfTag!;
            if (oldest is null || message.Arrival < oldest.Arrival)
                oldest = message;
        }
        return oldest;
    }

    internal void Remove(Message message)
    {
        if (message.Tag == Message.NoTag)
            return;
        ref Chain chain = ref CollectionsMarshal.GetValueRefOrNullRef(_chains, message.Tag);
        if (chain.First == message)
        {
            if (message.NextOfTag is null)
                _chains.Remove(message.Tag);
            else
                chain.First = message.NextOfTag;
        }
        else
        {
            // Not the oldest of its tag: only a receive of any message after a mark, or a skip search, comes here.
            Message before = chain.First;
            while (before.NextOfTag != message)
                before = before.NextOfTag!;
            before.NextOfTag = message.NextOfTag;
            if (chain.Last == message)
                chain.Last = before;
        }
        message.NextOfTag = null;
    }

    private struct Chain
    {
        internal Message First, Last;
    }
}
