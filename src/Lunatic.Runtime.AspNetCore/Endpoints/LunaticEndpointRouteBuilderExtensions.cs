using Lunatic.Runtime;
using Lunatic.Runtime.AspNetCore.Dashboard;
using Lunatic.Runtime.AspNetCore.Endpoints;
using Lunatic.Runtime.DependencyInjection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps requests to Lunatic processes.</summary>
public static class LunaticEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Has each request handled by a C# process of its own, which is killed when the request is aborted. An exception of the body is the request's; 503 answers where the environment has no
    /// room for one more process, or where the process was killed.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="environment">The environment (<see cref="LunaticBuilder.AddEnvironment"/>) that the processes live in.</param>
    /// <param name="body">The body. The request is over when it has returned, so it must not be used later.</param>
    public static IEndpointConventionBuilder MapProcess(this IEndpointRouteBuilder endpoints, string pattern, string environment, Func<NativeProcessContext, HttpContext, Task> body)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(body);
        LunaticEnvironment home = endpoints.ServiceProvider.GetRequiredService<LunaticHost>().GetEnvironment(environment);
        return endpoints.Map(pattern, (RequestDelegate)(request => new RequestProcess(request, body).RunAsync(home)));
    }

    /// <summary>
    /// Maps the dashboard of the application's <see cref="LunaticRuntime"/>: live figures, processes and supervision trees. It shows names, functions and exit messages to whoever can reach
    /// it, so protect it: <c>app.MapLunatic("/lunatic").RequireAuthorization("operators")</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where it is, for example <c>/lunatic</c>.</param>
    /// <param name="configure">Sets its options.</param>
    /// <returns>A builder for all of it.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or actions are allowed without a policy.</exception>
    /// <exception cref="InvalidOperationException">There is no <see cref="LunaticRuntime"/> among the services, or no authorisation where actions are allowed.</exception>
    public static IEndpointConventionBuilder MapLunatic(this IEndpointRouteBuilder endpoints, string pattern = "/lunatic", Action<LunaticDashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var options = new LunaticDashboardOptions();
        configure?.Invoke(options);
        options.Validate();
        return DashboardRoutes.Map(endpoints, pattern, options);
    }
}
