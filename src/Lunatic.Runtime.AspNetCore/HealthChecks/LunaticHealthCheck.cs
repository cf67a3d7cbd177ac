using Lunatic.Runtime.DependencyInjection;
using Lunatic.Runtime.Supervision;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lunatic.Runtime.AspNetCore.HealthChecks;

/// <summary>Looks at the application's runtime and at the supervisors that its host has started.</summary>
internal sealed class LunaticHealthCheck(LunaticRuntime runtime, LunaticHost? host, LunaticHealthCheckOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (runtime.IsDisposed)
            return HealthCheckResult.Unhealthy("The runtime has been disposed of.");
        RuntimeStatistics statistics = runtime.GetStatistics();
        Dictionary<string, object> data = DataOf(statistics);
        string[] failures = [.. host?.Supervisors.Select(FailureOf).OfType<string>() ?? []];
        if (failures.Length > 0)
            return HealthCheckResult.Unhealthy(string.Join(' ', failures), data: data);
        string[] warnings = [.. WarningsOf(statistics)];
        return warnings.Length > 0 ? HealthCheckResult.Degraded(string.Join(' ', warnings), data: data) : HealthCheckResult.Healthy($"{statistics.Processes} processes.", data);
    }

    private static string? FailureOf(Supervisor supervisor) =>
        supervisor.Completion is { IsCompletedSuccessfully: true, Result: { IsFailure: true } reason } ? $"Supervisor '{supervisor.Name}' has failed: {reason.Message}" : null;

    private IEnumerable<string> WarningsOf(RuntimeStatistics statistics)
    {
        if (statistics.CommittedBytes > options.MaxMemoryUse * statistics.MaxCommittedBytes)
            yield return $"Guests use {statistics.CommittedBytes} of {statistics.MaxCommittedBytes} bytes.";
        if (statistics.StuckWorkers > (options.MaxStuckWorkers ?? Math.Max(1, statistics.Workers - 1)))
            yield return $"{statistics.StuckWorkers} workers are stuck in a host call or a C# body.";
    }

    private static Dictionary<string, object> DataOf(RuntimeStatistics statistics) => new(StringComparer.Ordinal)
    {
        ["processes"] = statistics.Processes,
        ["runQueueLength"] = statistics.RunQueueLength,
        ["stuckWorkers"] = statistics.StuckWorkers,
        ["committedBytes"] = statistics.CommittedBytes,
        ["maxCommittedBytes"] = statistics.MaxCommittedBytes,
        ["undeliverableMessages"] = statistics.UndeliverableMessages,
    };
}
