using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Wasm;
using Lunatic.Wasm.Hosting;

namespace Lunatic.Runtime.HostApi.Application;

/// <summary>A guest waits for the task of an asynchronous host function of the application. The function has copies only; its result is written when the guest runs again.</summary>
internal sealed class ApplicationTask(Task task, HostCaller caller, HostTask.ResultWriter writeResult) : PendingOperation
{
    /// <summary>Ends the call at once if the task has already ended, else makes the guest wait.</summary>
    public static void Await(WasmCaller guest, HostCaller caller, nint slots, Task? task, HostTask.ResultWriter writeResult)
    {
        var operation = new ApplicationTask(task ?? throw new InvalidOperationException("The host function returned no Task but null."), caller, writeResult);
        if (task.IsCompleted)
        {
            operation.Finish(guest, slots);
            return;
        }
        guest.Wait(operation);
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(ProcessContext.Of(guest).Process.Wake);
    }

    public override bool TryComplete(GuestProcess process)
    {
        if (!task.IsCompleted)
            return false;
        process.Store.ContinueWait(guest => Finish(guest, guest.Store.WaitSlotsAddress));
        return true;
    }

    public override void Abandon(GuestProcess process)
    {
        caller.CancelWait();
        task.ContinueWith(
            (ended, _) =>
            {
                if (ended.Exception?.InnerException is { } failure and not OperationCanceledException)
                    process.Environment.ReportBodyFailure(process, failure);
            },
            null,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void Finish(WasmCaller guest, nint slots)
    {
        if (task.IsFaulted)
        {
            Exception failure = task.Exception.InnerException!;
            guest.Trap(failure.Message, failure);
        }
        else if (task.IsCanceled)
        {
            guest.Trap("the host function was cancelled", new TaskCanceledException(task));
        }
        else
        {
            ApplicationFunctionBinder.Guard(guest, () => writeResult(guest, task, slots));
        }
    }
}
