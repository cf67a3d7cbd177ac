namespace Lunatic.Runtime.Scheduling;

/// <summary>The source of a task that the runtime completes. Those who wait for the task go on elsewhere, not on the worker that completes it; under a scheduler that says so, in place.</summary>
/// <typeparam name="T">The task's result.</typeparam>
/// <param name="scheduler">Whose processes complete the task.</param>
internal sealed class Completion<T>(Scheduler scheduler) : TaskCompletionSource<T>(scheduler.CompletionOptions)
{
    /// <summary>Completes the task with a result.</summary>
    /// <returns>False: it was completed before.</returns>
    internal bool Succeed(T result)
    {
        SynchronizationContext? outer = Leave();
        bool first = TrySetResult(result);
        Return(outer);
        return first;
    }

    /// <summary>Completes the task with a failure.</summary>
    /// <returns>False: it was completed before.</returns>
    internal bool Fail(Exception failure)
    {
        SynchronizationContext? outer = Leave();
        bool first = TrySetException(failure);
        Return(outer);
        return first;
    }

    /// <summary>Completes the task as cancelled.</summary>
    internal void Cancel(CancellationToken token)
    {
        SynchronizationContext? outer = Leave();
        TrySetCanceled(token);
        Return(outer);
    }

    // In place means that the thread pool is kept out of it: it takes over wherever a foreign context is in force.
    private SynchronizationContext? Leave()
    {
        if ((Task.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0)
            return null;
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        return outer;
    }

    private static void Return(SynchronizationContext? outer)
    {
        if (outer is not null)
            SynchronizationContext.SetSynchronizationContext(outer);
    }
}
