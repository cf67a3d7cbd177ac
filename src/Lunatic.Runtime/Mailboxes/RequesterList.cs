namespace Lunatic.Runtime.Mailboxes;

/// <summary>Those who wait for replies of a process. Answered ones leave when the list has doubled since they last did. Used by the process's own slice only.</summary>
internal struct RequesterList
{
    private const int SmallestLimit = 8;

    private List<IReplyTarget>? _requesters;
    private int _limit;

    internal void Add(IReplyTarget requester)
    {
        _requesters ??= [];
        if (_requesters.Count >= Math.Max(SmallestLimit, _limit))
        {
            _requesters.RemoveAll(static candidate => !candidate.IsOpen);
            _limit = 2 * _requesters.Count;
        }
        _requesters.Add(requester);
    }

    internal readonly void FailAll(ExitReason reason)
    {
        foreach (IReplyTarget requester in _requesters ?? [])
            requester.Fail(reason);
    }
}
