using Lunatic.Runtime.AspNetCore.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health check of the Lunatic runtime.</summary>
public static class LunaticHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of the application's <see cref="Lunatic.Runtime.LunaticRuntime"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="tags">Tags to select the check by.</param>
    public static IHealthChecksBuilder AddLunatic(this IHealthChecksBuilder builder, string name = "lunatic", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<LunaticHealthCheck>(name, failureStatus: HealthStatus.Unhealthy, tags ?? []);
    }
}
