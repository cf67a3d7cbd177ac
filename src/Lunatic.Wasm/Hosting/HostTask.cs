namespace Lunatic.Wasm.Hosting;

/// <summary>What a guest waits for in a host function that returned a Task: the pending object of <see cref="WasmStore.Pending"/>.</summary>
/// <param name="ended">The task.</param>
/// <param name="writeResult">Puts the task's result into the host function's slots.</param>
internal sealed class HostTask(Task ended, HostTask.ResultWriter writeResult)
{
    /// <summary>Puts the result of a task that has ended well into slots.</summary>
    public delegate void ResultWriter(WasmCaller caller, Task task, nint slots);

    public Task Ended => ended;

    /// <summary>Ends the host function's call once the task has ended: with its result, or with a trap that has its exception as cause.</summary>
    public void Finish(WasmCaller caller)
    {
        if (ended.IsCompletedSuccessfully)
            writeResult(caller, ended, caller.Store.WaitSlotsAddress);
        else if (ended.IsFaulted)
            caller.Trap(ended.Exception.InnerException!.Message, ended.Exception.InnerException);
        else
            caller.Trap("the host function was cancelled", new TaskCanceledException(ended));
    }

    /// <summary>Ends the host function's call at once if the task has already ended, else makes the guest wait.</summary>
    public static void Await(WasmCaller caller, Task task, nint slots, ResultWriter writeResult)
    {
        if (task.IsCompletedSuccessfully)
            writeResult(caller, task, slots);
        else
            caller.Wait(new HostTask(task, writeResult));
    }
}
