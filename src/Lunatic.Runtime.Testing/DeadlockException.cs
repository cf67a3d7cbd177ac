using Lunatic.Runtime.Testing.Tracing;

namespace Lunatic.Runtime.Testing;

/// <summary>Nothing can go on: no process is ready and no timer is set, but what the test waits for has not come.</summary>
public sealed class DeadlockException : LunaticException
{
    private DeadlockException(string message, IReadOnlyList<string> waits)
        : base(message) => Waits = waits;

    /// <summary>The processes and what each waits for, a line each.</summary>
    public IReadOnlyList<string> Waits { get; }

    internal static DeadlockException Of(DeterministicRuntime run)
    {
        IReadOnlyList<string> waits = WaitReport.Of(run);
        return new DeadlockException(
            $"Deadlock (seed {run.Seed}, {run.Steps} slices, {run.Time.Elapsed} of virtual time): what the test waits for has not come, no process is ready, and no timer is set.\n{WaitReport.Text(waits)}",
            waits);
    }
}
