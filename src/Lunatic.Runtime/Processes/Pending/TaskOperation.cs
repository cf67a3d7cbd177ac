using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Networking;

namespace Lunatic.Runtime.Processes.Pending;

/// <summary>A guest waits for something that is done elsewhere and has a result, which nobody else wants: looking up a name, connecting.</summary>
/// <typeparam name="T">The result; disposed of when it comes too late.</typeparam>
internal sealed class TaskOperation<T> : PendingOperation where T : class
{
    private readonly Task<T> _task;
    private readonly CancellationTokenSource _cancellation;
    private readonly Outcome _finish;

    private TaskOperation(Task<T> task, CancellationTokenSource cancellation, long deadline, Outcome finish)
    {
        _task = task;
        _cancellation = cancellation;
        _finish = finish;
        Deadline = deadline;
    }

    /// <summary>Tells the guest how it ended: with a value, or with the text of an error, or with neither when the time is over. The result is the host function's.</summary>
    public delegate int Outcome(ProcessContext context, T? value, string? error);

    /// <summary>Waits for work to end; the result is the host function's.</summary>
    /// <param name="context">The process.</param>
    /// <param name="work">Begins the work, which ends soon when it is cancelled.</param>
    /// <param name="timeout">How long at most, in milliseconds; all ones means for ever.</param>
    /// <param name="finish">What happens then.</param>
    public static int Begin(ProcessContext context, Func<CancellationToken, Task<T>> work, long timeout, Outcome finish)
    {
        GuestProcess process = context.Process;
        long deadline = process.DeadlineIn((ulong)timeout);
        var cancellation = new CancellationTokenSource();
        var operation = new TaskOperation<T>(work(cancellation.Token), cancellation, deadline, finish);
        if (operation._task.IsCompleted)
            return operation.Finish(context);
        operation._task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(process.Wake);
        context.Caller.Wait(operation);
        return 0;
    }

    public override bool TryComplete(GuestProcess process)
    {
        if (!_task.IsCompleted && !process.HasPassed(Deadline))
            return false;
        process.Store.ContinueWait(caller => caller.Store.WaitSlots[0] = (uint)Finish(ProcessContext.Of(caller)));
        return true;
    }

    public override void Abandon(GuestProcess process) => process.Environment.Network.Track(DiscardAsync());

    private int Finish(ProcessContext context)
    {
        if (!_task.IsCompleted)
        {
            Abandon(context.Process);
            return _finish(context, null, null);
        }
        _cancellation.Dispose();
        if (_task.IsCompletedSuccessfully)
            return _finish(context, _task.Result, null);
        Exception failure = _task.Exception?.InnerException ?? new TaskCanceledException(_task);
        return NetworkErrors.IsExpected(failure) ? _finish(context, null, NetworkErrors.TextOf(failure)) : context.Trap(failure.Message, failure);
    }

    // what arrives all the same is closed
    private async Task DiscardAsync()
    {
        try
        {
            await _cancellation.CancelAsync().ConfigureAwait(false);
            ((await _task.ConfigureAwait(false)) as IDisposable)?.Dispose();
        }
        catch (Exception exception) when (NetworkErrors.IsExpected(exception))
        {
            // cancelled, or failed anyway
        }
        finally
        {
            _cancellation.Dispose();
        }
    }
}
