using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Testing;

/// <summary>How a deterministic run works. Copied when the run begins; later changes have no effect.</summary>
public sealed class DeterministicOptions
{
    /// <summary>Determines all that is left to chance: which process runs next and for how long, the random bytes of guests, random faults. Default: 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The runtime's options; its clock and number of workers are replaced. Default: the runtime's defaults.</summary>
    public LunaticRuntimeOptions Runtime { get; set; } = new();

    /// <summary>Where the runtime logs. Default: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Most slices that one call may run until what it waits for has come. Default: 100,000. Beyond it a <see cref="RunLimitException"/> says what runs.</summary>
    public int MaxSteps { get; set; } = 100_000;

    /// <summary>How far the clock may move while something is waited for, from the beginning of the run. Default: 1 day. Beyond it a <see cref="RunLimitException"/> says what waits.</summary>
    public TimeSpan MaxTime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether the seed draws the length of every slice, up to the runtime's own (<see cref="LunaticRuntimeOptions.SliceFuel"/>; 256 steps of a C# process), so that processes are interrupted
    /// at many more points. Default: true.
    /// </summary>
    public bool VarySlices { get; set; } = true;

    /// <summary>
    /// Whether processes and the test may wait for what the seed does not determine: other threads, real time, sockets, files that are read in the background. Default: false; such work is a
    /// <see cref="OutsideWorkException"/> or traps, since a run with it cannot be replayed.
    /// </summary>
    public bool AllowOutsideWork { get; set; }

    /// <summary>How long, in real time, something from outside may take when nothing else can go on. Default: 10 seconds. Of use with <see cref="AllowOutsideWork"/> only.</summary>
    public TimeSpan OutsidePatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most events that the trace keeps: the last ones. Default: 10,000.</summary>
    public int TraceCapacity { get; set; } = 10_000;

    /// <summary>How many of them, the last ones, the text of a failure holds. Default: 40.</summary>
    public int TraceLinesInFailures { get; set; } = 40;

    internal DeterministicOptions CopyValidated()
    {
        ArgumentNullException.ThrowIfNull(Runtime);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSteps);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTime, TimeSpan.Zero, nameof(MaxTime));
        ArgumentOutOfRangeException.ThrowIfLessThan(OutsidePatience, TimeSpan.Zero, nameof(OutsidePatience));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TraceCapacity);
        ArgumentOutOfRangeException.ThrowIfNegative(TraceLinesInFailures);
        return (DeterministicOptions)MemberwiseClone();
    }

    internal DeterministicOptions With(int seed)
    {
        var copy = (DeterministicOptions)MemberwiseClone();
        copy.Seed = seed;
        return copy;
    }
}
