using Lunatic.Runtime.Testing.Tracing;

namespace Lunatic.Runtime.Testing;

/// <summary>A run went on for longer than it may: see <see cref="DeterministicOptions.MaxSteps"/> and <see cref="DeterministicOptions.MaxTime"/>.</summary>
public sealed class RunLimitException : LunaticException
{
    private RunLimitException(string message, IReadOnlyList<string> waits)
        : base(message) => Waits = waits;

    /// <summary>The processes and what each waits for, a line each.</summary>
    public IReadOnlyList<string> Waits { get; }

    internal static RunLimitException Of(DeterministicRuntime run, string what)
    {
        IReadOnlyList<string> waits = WaitReport.Of(run);
        return new RunLimitException($"{what} (seed {run.Seed}, {run.Steps} slices, {run.Time.Elapsed} of virtual time).\n{WaitReport.Text(waits)}", waits);
    }
}
