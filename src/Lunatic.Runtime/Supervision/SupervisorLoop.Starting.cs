using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Supervision;

/// <summary>How children are started.</summary>
internal sealed partial class SupervisorLoop
{
    /// <summary>Adds a child behind all others and starts it.</summary>
    internal async Task<ChildHandle> AddAsync(ChildSpecification specification)
    {
        ChildHandle child = supervisor.NewChild(specification);
        if (await TryStartAsync(child) is { } error)
        {
            Remove(child);
            throw new ChildStartException(Name, child.Name, error);
        }
        Tell(SupervisorEventKind.Started, child, child.Status.Process!.Id, null);
        return child;
    }

    private async Task StartAllAsync()
    {
        foreach (ChildHandle child in supervisor.Children)
        {
            if (supervisor.IsStopRequested)
                break;
            if (await TryStartAsync(child) is { } error)
            {
                await StopAllAsync();
                var failure = new ChildStartException(Name, child.Name, error);
                supervisor.ReportStart(failure);
                throw failure;
            }
            Tell(SupervisorEventKind.Started, child, child.Status.Process!.Id, null);
        }
        supervisor.ReportStart(error: null);
    }

    /// <summary>Starts a process for a child that has none.</summary>
    /// <returns>Why it could not be started; null: it runs.</returns>
    private async Task<Exception?> TryStartAsync(ChildHandle child)
    {
        try
        {
            ChildStart start = child.Specification.Begin(this);
            // from now on the end of this supervisor is the end of that process
            child.Status = child.Status with { Process = start.Process, Supervisor = start.Supervisor };
            while (!start.IsOver)
            {
                if (supervisor.IsStopRequested)
                    start.Process.Kill();
                await AwaitNewsAsync(ProcessBase.NoDeadline);
            }
            if (start.Error is { } error)
                return NoteFailedStart(child, error);
            child.Progress.StartedAt = Now;
            child.Progress.IsStopping = false;
            child.Progress.IsTerminated = false;
            child.Status = child.Status with { State = ChildState.Running };
            _running[start.Process.Id] = child;
            start.Process.Monitor(Process);
            return null;
        }
        catch (Exception exception) when (!Process.HasEnded)
        {
            return NoteFailedStart(child, exception);
        }
    }

    private Exception NoteFailedStart(ChildHandle child, Exception error)
    {
        ExitReason reason = ExitReason.Faulted(error);
        child.Progress.StartedAt = Now;
        child.Status = child.Status with { State = ChildState.Stopped, Process = null, Supervisor = null, LastExit = reason };
        Tell(SupervisorEventKind.StartFailed, child, null, reason);
        return error;
    }
}
