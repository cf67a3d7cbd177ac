namespace Lunatic.Runtime;

/// <summary>How a runtime works. Copied and checked when the runtime is created; later changes have no effect.</summary>
public sealed class LunaticRuntimeOptions
{
    /// <summary>Threads that run processes. Default: one per processor.</summary>
    public int Workers { get; set; } = Environment.ProcessorCount;

    /// <summary>Threads that stand in for workers that have been in one host call or C# body for <see cref="StuckAfter"/>. Default: 16.</summary>
    public int MaxSpareWorkers { get; set; } = 16;

    /// <summary>How long a worker may be in one host call or C# body before another thread takes over its queue. Default: 10 ms.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Threads for work that cannot be preempted (compiling, files, name resolution). Default: 8.</summary>
    public int MaxBlockingThreads { get; set; } = 8;

    /// <summary>Fuel of one slice of a guest, in operations. Default: 1,000,000, about 50 us of compiled code.</summary>
    public long SliceFuel { get; set; } = 1_000_000;

    /// <summary>How many steps (continuations, messages that were there already) a slice of a C# process may take before others get their turn.</summary>
    internal int SliceSteps { get; set; } = 256;

    /// <summary>How guests are executed. Default: in tiers. Where the runtime has no dynamic code, the interpreter executes everything.</summary>
    public ExecutionMode ExecutionMode { get; set; } = ExecutionMode.Tiered;

    /// <summary>Processes alive at the same time in all environments. Default: 4,000,000. Beyond it spawning fails.</summary>
    public int MaxProcesses { get; set; } = 4_000_000;

    /// <summary>
    /// Memory of all guests, in bytes that they are expected to touch: of each memory an eighth, at most 32 KiB, of what lies below 2 MiB, and all beyond. Default:
    /// three quarters of what the garbage collector sees as available to the process. Beyond it growing and spawning fail; so they do while the whole process has more
    /// than these three quarters resident.
    /// </summary>
    public long MaxCommittedBytes { get; set; } = Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3);

    /// <summary>The application's own host functions, for guests of all environments that allow their namespaces (<see cref="EnvironmentOptions.AllowedNamespaces"/>). Default: none.</summary>
    public HostFunctionCollection HostFunctions { get; set; } = new();

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal LunaticRuntimeOptions CopyValidated()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Workers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Workers, 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxSpareWorkers);
        ArgumentOutOfRangeException.ThrowIfLessThan(StuckAfter, TimeSpan.FromMilliseconds(1), nameof(StuckAfter));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBlockingThreads);
        ArgumentOutOfRangeException.ThrowIfLessThan(SliceFuel, 1_000);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxProcesses);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxCommittedBytes);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (!Enum.IsDefined(ExecutionMode))
            throw new ArgumentOutOfRangeException(nameof(ExecutionMode), ExecutionMode, "There is no such execution mode.");
        ArgumentNullException.ThrowIfNull(HostFunctions);
        var copy = (LunaticRuntimeOptions)MemberwiseClone();
        copy.HostFunctions = HostFunctions.Clone();
        return copy;
    }
}
