namespace Lunatic.Wasm.Hosting;

/// <summary>Calls guest functions from C#, from start to end.</summary>
internal static class Invocation
{
    private const long Slice = 1_000_000;

    public static WasmValue[] Run(WasmFunction function, ReadOnlySpan<WasmValue> arguments)
    {
        WasmStore store = function.Store;
        store.Start(function, arguments);
        while (true)
        {
            ExecutionStatus status = store.Resume(Slice);
            if (status == ExecutionStatus.Preempted)
                continue;
            if (status != ExecutionStatus.Waiting)
                return Finish(store, status);
            object? pending = store.Pending;
            store.Abandon();
            throw new InvalidOperationException(pending is HostTask
                ? "the guest called a host function that returns a Task: call the guest with InvokeAsync"
                : $"the guest waits in a host function{(pending is null ? "" : $" for {pending}")}: run it with Start and Resume, which can hand in the results");
        }
    }

    public static async Task<WasmValue[]> RunAsync(WasmFunction function, WasmValue[] arguments, CancellationToken cancellation)
    {
        WasmStore store = function.Store;
        cancellation.ThrowIfCancellationRequested();
        store.Start(function, arguments);
        using CancellationTokenRegistration interrupt = cancellation.UnsafeRegister(static store => ((WasmStore)store!).Interrupt(), store);
        try
        {
            while (true)
            {
                ExecutionStatus status = store.Resume(Slice);
                if (status == ExecutionStatus.Waiting)
                {
                    if (store.Pending is not HostTask pending)
                        throw new InvalidOperationException("the guest waits in a host function for something other than a Task: run it with Start and Resume");
                    await pending.Ended.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    cancellation.ThrowIfCancellationRequested();
                    store.ContinueWait(pending.Finish);
                }
                else if (status == ExecutionStatus.Preempted)
                {
                    cancellation.ThrowIfCancellationRequested();
                }
                else
                {
                    return Finish(store, status);
                }
            }
        }
        finally
        {
            if (!store.IsIdle)
                store.Abandon();
        }
    }

    private static WasmValue[] Finish(WasmStore store, ExecutionStatus status) => status switch
    {
        ExecutionStatus.Completed => store.Results,
        ExecutionStatus.Trapped => throw new WasmTrapException(store.Trap!),
        _ => throw new WasmExitException(store.ExitCode),
    };
}
