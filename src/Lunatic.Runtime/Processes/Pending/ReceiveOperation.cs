namespace Lunatic.Runtime.Processes.Pending;

/// <summary>A guest waits for a message. Plain data: tags, the arrival after which messages count, deadline.</summary>
internal sealed class ReceiveOperation : PendingOperation
{
    /// <summary>The result of a receive whose time is over.</summary>
    public const int TimedOut = 9027;

    private long[] _tags = [];
    private int _tagCount;
    private long _after;
    private bool _isReply;

    public override bool IsPlainData => true;

    /// <summary>The tags that it waits for; none: any message.</summary>
    public ReadOnlySpan<long> Tags => _tags.AsSpan(0, _tagCount);

    /// <summary>Begins to wait for a message with one of the tags, or for any; a process has one record, which it uses again.</summary>
    public ReceiveOperation ForAny(ReadOnlySpan<long> tags, long deadline)
    {
        if (_tags.Length < tags.Length)
            _tags = new long[tags.Length];
        tags.CopyTo(_tags);
        _tagCount = tags.Length;
        _after = 0;
        _isReply = false;
        Deadline = deadline;
        return this;
    }

    /// <summary>Begins to wait for a message with one of the tags, or for any, that arrives after the given one. The guest is not told of which kind it is.</summary>
    public ReceiveOperation ForReply(ReadOnlySpan<long> tags, long after, long deadline)
    {
        ForAny(tags, deadline);
        _after = after;
        _isReply = true;
        return this;
    }

    public override bool TryComplete(GuestProcess process)
    {
        int result;
        if (process.TryReceive(Tags, _after) is { } message)
        {
            process.Context.SetScratch(message);
            result = _isReply ? 0 : (int)message.Kind;
        }
        else if (process.HasPassed(Deadline))
        {
            result = TimedOut;
        }
        else
        {
            return false;
        }
        process.Store.CompleteWait([(uint)result]);
        return true;
    }
}
