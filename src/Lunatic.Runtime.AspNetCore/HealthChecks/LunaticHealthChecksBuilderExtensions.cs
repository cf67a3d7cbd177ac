using Lunatic.Runtime;
using Lunatic.Runtime.AspNetCore.HealthChecks;
using Lunatic.Runtime.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health check of the Lunatic runtime.</summary>
public static class LunaticHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of the application's <see cref="LunaticRuntime"/>. Unhealthy: it has been disposed of, or a supervisor that the host started has failed. Degraded: guests use most of the
    /// memory that they may use, or too many workers are stuck.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="configure">Sets from when on the health is degraded.</param>
    /// <param name="tags">Tags to select the check by.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IHealthChecksBuilder AddLunatic(this IHealthChecksBuilder builder, string name = "lunatic", Action<LunaticHealthCheckOptions>? configure = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new LunaticHealthCheckOptions();
        configure?.Invoke(options);
        options.Validate();
        return builder.Add(new HealthCheckRegistration(
            name, services => new LunaticHealthCheck(services.GetRequiredService<LunaticRuntime>(), services.GetService<LunaticHost>(), options), failureStatus: null, tags));
    }
}
