using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lunatic.Runtime.AspNetCore.HealthChecks;

/// <summary>Looks at the application's runtime.</summary>
internal sealed class LunaticHealthCheck(LunaticRuntime runtime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        HealthCheckResult result = runtime.IsDisposed
            ? HealthCheckResult.Unhealthy("The runtime has been disposed of.")
            : HealthCheckResult.Healthy($"{runtime.ProcessCount} processes.");
        return Task.FromResult(result);
    }
}
