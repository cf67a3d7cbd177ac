namespace Lunatic.Runtime.Processes;

/// <summary>Something outside of a process that it waits for: work on the blocking pool, a task. Its end wakes the process, which finds it completed.</summary>
/// <param name="owner">The process that waits.</param>
internal sealed class OutsideOperation<TResult>(ProcessBase owner)
{
    private TResult? _result;
    private Exception? _failure;
    private bool _completed;

    /// <summary>Whether the end has come. The process looks at it in its slice.</summary>
    internal bool IsCompleted => Volatile.Read(ref _completed);

    /// <summary>What went wrong; null: nothing. After completion.</summary>
    internal Exception? Failure => _failure;

    /// <summary>The result, if nothing went wrong. After completion.</summary>
    internal TResult Result => _result!;

    /// <summary>Runs work that cannot be preempted (compiling, files, name resolution) on the blocking pool.</summary>
    internal static OutsideOperation<TResult> Run(ProcessBase owner, Func<TResult> work)
    {
        var operation = new OutsideOperation<TResult>(owner);
        owner.Scheduler.RunBlocking(() =>
        {
            try
            {
                operation.Complete(work());
            }
            catch (Exception exception)
            {
                // Handed to the process as the outcome.
                operation.Fail(exception);
            }
        });
        return operation;
    }

    /// <summary>Waits for a task.</summary>
    internal static OutsideOperation<TResult> Of(ProcessBase owner, Task<TResult> task)
    {
        var operation = new OutsideOperation<TResult>(owner);
        task.ContinueWith(
            static (task, state) =>
            {
                var operation = (OutsideOperation<TResult>)state!;
                if (task.IsCompletedSuccessfully)
                    operation.Complete(task.Result);
                else
                    operation.Fail(task.Exception?.InnerException ?? new TaskCanceledException(task));
            },
            operation,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return operation;
    }

    /// <summary>Hands in the result. Once. Any thread.</summary>
    internal void Complete(TResult result)
    {
        _result = result;
        Volatile.Write(ref _completed, true);
        owner.Wake();
    }

    /// <summary>Hands in a failure. Once. Any thread.</summary>
    internal void Fail(Exception failure)
    {
        _failure = failure;
        Volatile.Write(ref _completed, true);
        owner.Wake();
    }
}
