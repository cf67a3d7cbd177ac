namespace Lunatic.Wasm.Tests.Soak;

/// <summary>Runs functions in slices of random size, suspended at every site in some of them, so that frames are taken and restored everywhere.</summary>
internal sealed class RandomSlices(Random random)
{
    // what has been suspended so often runs on in one go, so that long loops come to an end
    private const int MaxSuspensions = 3_000;
    private const int Largest = 2_000;

    // the interpreter cannot leave that mode
    private readonly bool _everySite = random.Next(4) == 0;

    /// <summary>Suspensions so far.</summary>
    public int Suspensions { get; private set; }

    /// <summary>Runs a function to its end; null: it trapped.</summary>
    public IReadOnlyList<WasmValue>? Run(WasmFunction function, WasmValue[] arguments)
    {
        WasmStore store = function.Store;
        bool mayChange = store.Options.ExecutionMode != WasmExecutionMode.Interpreted;
        store.SuspendAtEverySite = mayChange ? random.Next(4) == 0 : _everySite;
        int largest = 1 << random.Next(1, 12);
        store.Start(function, arguments);
        for (int slices = 0; ; slices++)
        {
            ExecutionStatus status = store.Resume(slices < MaxSuspensions ? random.Next(1, Math.Min(largest, Largest)) : long.MaxValue / 4);
            if (status != ExecutionStatus.Preempted)
                return status == ExecutionStatus.Completed ? [.. store.Results] : null;
            Suspensions++;
            if (mayChange)
                store.SuspendAtEverySite = slices < MaxSuspensions && random.Next(4) == 0;
        }
    }
}
