namespace Lunatic.Runtime.AspNetCore.HealthChecks;

/// <summary>From when on the runtime's health is degraded.</summary>
public sealed class LunaticHealthCheckOptions
{
    /// <summary>The part of <see cref="LunaticRuntimeOptions.MaxCommittedBytes"/> that guests may use, more than 0 and at most 1. Default: 0.9.</summary>
    public double MaxMemoryUse { get; set; } = 0.9;

    /// <summary>Workers that may be stuck in one host call or C# body at the same time. Default: null, all but one of the runtime's workers, at least one.</summary>
    public int? MaxStuckWorkers { get; set; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMemoryUse);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMemoryUse, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxStuckWorkers ?? 0, nameof(MaxStuckWorkers));
    }
}
