using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Supervision;

/// <summary>How children are stopped.</summary>
internal sealed partial class SupervisorLoop
{
    internal async Task TerminateAsync(ChildHandle child)
    {
        await StopAsync(child);
        child.Progress.IsTerminated = true;
        if (child.Specification.Options.Restart is RestartPolicy.Temporary)
            Remove(child);
    }

    internal async Task RemoveAsync(ChildHandle child)
    {
        await StopAsync(child);
        Remove(child);
    }

    private async Task StopAllAsync()
    {
        foreach (ChildHandle child in supervisor.Children.Reverse())
            await StopAsync(child);
    }

    /// <summary>Stops a child, if it runs: asks it to end, and kills it when it takes too long.</summary>
    private async Task StopAsync(ChildHandle child)
    {
        child.Progress.NeedsDecision = false;
        _waiting.Remove(child);
        ChildStatus status = child.Status;
        if (status.Process is not { } process)
        {
            child.Status = status with { State = ChildState.Stopped };
            return;
        }
        child.Progress.IsStopping = true;
        child.Status = status with { State = ChildState.Stopping };
        Ask(child, status);
        long deadline = Process.DeadlineIn(child.Specification.Options.StopTimeout!.Value);
        while (child.Status.Process is not null)
        {
            if (Process.HasPassed(deadline))
            {
                Log.ChildKilled(Environment.Runtime.Logger, Name, child.Name, child.Specification.Options.StopTimeout!.Value);
                process.Kill();
                deadline = ProcessBase.NoDeadline;
            }
            await AwaitNewsAsync(deadline);
        }
    }

    private void Ask(ChildHandle child, ChildStatus status)
    {
        try
        {
            child.Specification.RequestStop(status);
        }
        catch (Exception exception)
        {
            // the application's own message could not be made: there is no gentler way then
            Log.StopMessageFailed(Environment.Runtime.Logger, Name, child.Name, exception);
            status.Process!.Kill();
        }
    }

    private void Remove(ChildHandle child)
    {
        supervisor.Forget(child);
        child.Status = child.Status with { State = ChildState.Removed };
    }
}
