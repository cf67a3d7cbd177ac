namespace Lunatic.Runtime.Testing;

/// <summary>Something went on on another thread while the processes ran, so that the run does not follow from its seed.</summary>
public sealed class OutsideWorkException : LunaticException
{
    internal OutsideWorkException(DeterministicRuntime run, string interference)
        : base($"The run (seed {run.Seed}, {run.Steps} slices) is not determined by its seed: it waits for other threads. Do without Task.Run, ConfigureAwait(false), "
            + $"real delays (use the context's SleepAsync, or Task.Delay with the runtime's TimeProvider) and I/O, or set {nameof(DeterministicOptions)}.{nameof(DeterministicOptions.AllowOutsideWork)}. {interference}")
    {
    }
}
