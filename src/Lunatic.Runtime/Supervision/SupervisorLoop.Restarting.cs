using Lunatic.Runtime.Diagnostics;

namespace Lunatic.Runtime.Supervision;

/// <summary>How children are restarted, and when the supervisor gives up.</summary>
internal sealed partial class SupervisorLoop
{
    internal async Task RestartByHandAsync(ChildHandle child)
    {
        _waiting.Remove(child);
        await StopAsync(child);
        if (await TryStartAsync(child) is { } error)
        {
            child.Progress.IsTerminated = true;
            throw new ChildStartException(Name, child.Name, error);
        }
        NoteRestart(child, SupervisorEventKind.Started);
    }

    private async Task DecideAsync(ChildHandle child)
    {
        // stopped or restarted with others in the meantime
        if (!child.Progress.NeedsDecision)
            return;
        child.Progress.NeedsDecision = false;
        ExitReason reason = child.Status.LastExit!;
        if (ShouldRestart(child, reason))
            await RestartWithOthersAsync(child, reason);
        else if (child.Specification.Options.Restart is RestartPolicy.Temporary)
            Remove(child);
        else
            child.Status = child.Status with { State = ChildState.Stopped };
    }

    private static bool ShouldRestart(ChildHandle child, ExitReason reason) => child.Specification.Options.Restart switch
    {
        RestartPolicy.Permanent => true,
        RestartPolicy.Transient => reason.IsFailure,
        _ => false,
    };

    /// <summary>Stops those that are restarted together with a child, last first, and has all of them restarted when the back-off is over.</summary>
    private async Task RestartWithOthersAsync(ChildHandle child, ExitReason reason)
    {
        if (!_window.TryCount(Now))
            await GiveUpAsync(child, reason);
        TimeSpan delay = NextDelayOf(child);
        ChildHandle[] group = GroupOf(child);
        foreach (ChildHandle other in group.Reverse().Where(other => other != child))
        {
            await StopAsync(other);
            if (other.Specification.Options.Restart is RestartPolicy.Temporary)
                Remove(other);
        }
        long restartAt = Environment.Runtime.Timers.DeadlineIn(delay);
        foreach (ChildHandle member in group.Where(member => member.State is not ChildState.Removed && !member.Progress.IsTerminated))
        {
            _waiting.Remove(member);
            _waiting.Add(member);
            member.Progress.RestartAt = restartAt;
            member.Status = member.Status with { State = ChildState.Restarting };
        }
        Log.ChildRestarts(Environment.Runtime.Logger, Name, child.Name, delay, reason.Message);
    }

    private ChildHandle[] GroupOf(ChildHandle child) => specification.Strategy switch
    {
        RestartStrategy.OneForAll => [.. supervisor.Children],
        RestartStrategy.RestForOne => [.. supervisor.Children.Where(other => other.Order >= child.Order)],
        _ => [child],
    };

    private TimeSpan NextDelayOf(ChildHandle child)
    {
        ChildProgress progress = child.Progress;
        if (Now - progress.StartedAt >= specification.Period.TotalMilliseconds)
            progress.Attempt = 0;
        return specification.Backoff.DelayOf(++progress.Attempt);
    }

    /// <summary>The first child whose back-off is over.</summary>
    private ChildHandle? TakeDue()
    {
        ChildHandle? due = null;
        foreach (ChildHandle child in _waiting)
        {
            if (Process.HasPassed(child.Progress.RestartAt) && (due is null || child.Order < due.Order))
                due = child;
        }
        if (due is not null)
            _waiting.Remove(due);
        return due;
    }

    private async Task RestartAsync(ChildHandle child)
    {
        if (await TryStartAsync(child) is null)
            NoteRestart(child, SupervisorEventKind.Restarted);
        else if (!supervisor.IsStopRequested)
            await RestartWithOthersAsync(child, child.Status.LastExit!);
    }

    private void NoteRestart(ChildHandle child, SupervisorEventKind kind)
    {
        child.Status = child.Status with { Restarts = child.Status.Restarts + 1 };
        if (kind is SupervisorEventKind.Restarted)
            Environment.Runtime.Metrics.Processes.Restarted(Process, Name);
        Tell(kind, child, child.Status.Process!.Id, null);
    }

    private async Task GiveUpAsync(ChildHandle child, ExitReason reason)
    {
        Tell(SupervisorEventKind.GaveUp, child, null, reason);
        Log.SupervisorGaveUp(Environment.Runtime.Logger, Name, child.Name, specification.MaxRestarts, specification.Period, reason.Message);
        await StopAllAsync();
        throw new SupervisorGaveUpException(Name, child.Name, reason, specification.MaxRestarts, specification.Period);
    }
}
