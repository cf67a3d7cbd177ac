using System.Collections.Immutable;
using Lunatic.Runtime.Mailboxes;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>Whom the end of a process concerns. Used by the process's own slice only.</summary>
internal sealed class ProcessRelations
{
    private PeerMap<(ProcessBase Peer, long Tag)> _links;
    private PeerMap<ProcessBase> _watchers;
    private PeerMap<ProcessBase> _watched;
    private RequesterList _requesters;

    internal int LinkCount => _links.Count;

    internal int WatcherCount => _watchers.Count;

    internal ImmutableArray<ProcessId> Links => IdsOf(_links.ToArray());

    internal ImmutableArray<ProcessId> Watchers => IdsOf(_watchers.ToArray());

    internal ImmutableArray<ProcessId> Watched => IdsOf(_watched.ToArray());

    /// <summary>Those that the process is linked to, watches or is watched by; one may be there more than once.</summary>
    internal IEnumerable<ProcessId> Peers =>
        _links.ToArray().Select(link => link.Id).Concat(_watchers.ToArray().Concat(_watched.ToArray()).Select(peer => peer.Id));

    /// <summary>Links, or gives an existing link another tag.</summary>
    internal void AddLink(ProcessBase peer, long tag) => _links.Set(peer.Id, (peer, tag));

    internal bool RemoveLink(ProcessId peer) => _links.Remove(peer);

    internal void AddWatcher(ProcessBase watcher) => _watchers.Set(watcher.Id, watcher);

    internal void RemoveWatcher(ProcessId watcher) => _watchers.Remove(watcher);

    /// <summary>Notes whom this process watches, so that its own end takes it off their lists.</summary>
    internal void AddWatched(ProcessBase process) => _watched.Set(process.Id, process);

    internal void RemoveWatched(ProcessId process) => _watched.Remove(process);

    /// <summary>Notes who waits for a reply, so that the process's end tells them.</summary>
    internal void AddRequester(IReplyTarget requester) => _requesters.Add(requester);

    /// <summary>Tells links, then watchers, then those who wait for replies, that a process has ended, and takes it off the lists of those it watched.</summary>
    internal void TellEnd(ProcessBase ended, ExitReason reason)
    {
        ProcessId id = ended.Id;
        foreach ((_, (ProcessBase peer, long tag)) in _links.ToArray())
            peer.Post(new LinkDiedSignal(id, tag, reason));
        foreach ((_, ProcessBase watcher) in _watchers.ToArray())
            watcher.Post(new ProcessDiedSignal(id, reason));
        _requesters.FailAll(reason);
        foreach ((_, ProcessBase watched) in _watched.ToArray())
            watched.Post(new StopMonitoringSignal(id));
    }

    private static ImmutableArray<ProcessId> IdsOf<TValue>((ProcessId Id, TValue Value)[] peers) => [.. peers.Select(static peer => peer.Id)];
}
