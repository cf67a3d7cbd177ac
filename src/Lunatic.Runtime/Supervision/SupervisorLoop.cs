using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Supervision;

/// <summary>
/// The body of a supervisor's process. It does one thing after the other: decides about a child that ended, restarts one whose back-off is over, carries out a command. While it waits within
/// one of them, for the end or the start of a process, other news are kept for their turn.
/// </summary>
internal sealed partial class SupervisorLoop(Supervisor supervisor, SupervisorSpecification specification)
{
    private readonly Dictionary<ProcessId, ChildHandle> _running = [];
    private readonly Queue<ChildHandle> _ended = new();
    private readonly List<ChildHandle> _waiting = [];
    private readonly RestartWindow _window = new(specification.MaxRestarts, Math.Max(1, (long)specification.Period.TotalMilliseconds));

    internal string Name => supervisor.Name;

    internal NativeProcess Process => supervisor.OwnProcess;

    internal LunaticEnvironment Environment => Process.Environment;

    private long Now => Environment.Runtime.Timers.Now;

    /// <summary>Makes the loop look again at what it waits for. Any thread.</summary>
    internal void Wake() => Process.Post(new Message(Message.NoTag, []));

    internal async Task RunAsync(NativeProcessContext context)
    {
        // who links itself to a supervisor must not be able to end it
        context.TrapExit = true;
        try
        {
            await StartAllAsync();
            while (!supervisor.IsStopRequested)
                await DoNextAsync();
            await StopAllAsync();
        }
        finally
        {
            KillAll();
        }
    }

    private async ValueTask DoNextAsync()
    {
        if (_ended.TryDequeue(out ChildHandle? ended))
            await DecideAsync(ended);
        else if (TakeDue() is { } due)
            await RestartAsync(due);
        else if (supervisor.TryTakeCommand(out SupervisorCommand? command))
            await command.RunAsync(this);
        else
            await AwaitNewsAsync(_waiting.Count == 0 ? ProcessBase.NoDeadline : _waiting.Min(child => child.Progress.RestartAt));
    }

    /// <summary>Waits for the end of a child or for a wake-up, up to a deadline.</summary>
    private async ValueTask AwaitNewsAsync(long deadline)
    {
        Message? message = await Process.ReceiveAsync([], deadline, CancellationToken.None);
        if (message is { Kind: MessageKind.ProcessDied, DeadProcess: { } id } && _running.Remove(id, out ChildHandle? child))
            NoteEnd(child, message.DeathReason);
    }

    private void NoteEnd(ChildHandle child, ExitReason? told)
    {
        ChildStatus status = child.Status;
        // It had ended already when it was to be watched: the process itself knows why.
        ExitReason reason = told ?? status.Process!.EndReason ?? ExitReason.Killed;
        child.Status = status with { State = child.Progress.IsStopping ? ChildState.Stopped : ChildState.Restarting, Process = null, Supervisor = null, LastExit = reason };
        Tell(child.Progress.IsStopping ? SupervisorEventKind.Stopped : SupervisorEventKind.Ended, child, status.Process!.Id, reason);
        if (child.Progress.IsStopping)
            return;
        child.Progress.NeedsDecision = true;
        _ended.Enqueue(child);
    }

    private void Tell(SupervisorEventKind kind, ChildHandle child, ProcessId? process, ExitReason? reason)
    {
        if (specification.OnEvent is not { } handler)
            return;
        try
        {
            handler(new SupervisorEvent(kind, child, process, reason));
        }
        catch (Exception exception)
        {
            Log.EventHandlerFailed(Environment.Runtime.Logger, Name, exception);
        }
    }

    // What is left when the supervisor was killed or failed. The body may run outside of its process here.
    private void KillAll()
    {
        foreach (ChildHandle child in supervisor.Children)
            child.Status.Process?.Kill();
    }
}
