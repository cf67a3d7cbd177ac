using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>
/// How links and monitors are asked for. Each is a signal to both sides; the asking side's comes first, so that the other's end can never overtake it and leave a dead entry behind.
/// A side that has ended refuses its signal, and is answered for here: exactly one of refusal and news of the end happens, because both go through the process's inbound word.
/// Any thread.
/// </summary>
internal static class ProcessLinks
{
    /// <summary>Links two processes. If the other has ended, the first is told as if it had failed.</summary>
    internal static void Link(ProcessBase first, ProcessBase other, long tag) => Link(first, other, tag, tag);

    /// <summary>Links two processes with a tag each for the news that they get.</summary>
    internal static void Link(ProcessBase first, ProcessBase other, long tagForFirst, long tagForOther)
    {
        if (first == other)
            return;
        if (!first.Post(new LinkSignal(other, tagForOther)))
            LinkToNobody(other, first.Id, tagForOther);
        else if (!other.Post(new LinkSignal(first, tagForFirst)))
            LinkToNobody(first, other.Id, tagForFirst);
        else if (first.EndReason is { } reason)
            // Only where a third party links: the first may have told its end before the other had heard of the link. A link that is gone already makes this void.
            other.Post(new LinkDiedSignal(first.Id, tagForOther, reason));
    }

    /// <summary>Tells a process that the one that it wanted to be linked to does not exist.</summary>
    internal static void LinkToNobody(ProcessBase process, ProcessId missing, long tag) => process.Post(new LinkDiedSignal(missing, tag, null));

    internal static void Unlink(ProcessBase first, ProcessBase other)
    {
        first.Post(new UnlinkSignal(other.Id));
        other.Post(new UnlinkSignal(first.Id));
    }

    /// <summary>Has a watcher told of a process's end. If it has ended, the watcher is told at once.</summary>
    internal static void Monitor(ProcessBase process, ProcessBase watcher)
    {
        if (!watcher.Post(new WatchSignal(process)))
            return;
        if (!process.Post(new MonitorSignal(watcher)))
            MonitorNobody(watcher, process.Id);
        else if (watcher.HasEnded)
            process.Post(new StopMonitoringSignal(watcher.Id));
    }

    /// <summary>Tells a watcher that the process that it wanted to watch does not exist.</summary>
    internal static void MonitorNobody(ProcessBase watcher, ProcessId missing) => watcher.Post(new ProcessDiedSignal(missing, null));

    internal static void StopMonitoring(ProcessBase process, ProcessBase watcher)
    {
        watcher.Post(new UnwatchSignal(process.Id));
        process.Post(new StopMonitoringSignal(watcher.Id));
    }
}
