using Lunatic.Runtime.DependencyInjection;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>The dashboard's addresses.</summary>
internal static class DashboardRoutes
{
    // No inline script or style, nothing from elsewhere, in no other site's frame: whatever a guest calls itself stays text.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    internal static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string pattern, LunaticDashboardOptions options)
    {
        IServiceProvider services = endpoints.ServiceProvider;
        LunaticRuntime runtime = services.GetRequiredService<LunaticRuntime>();
        TimeProvider time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        ILogger logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(DashboardLog.Category);
        var history = new DashboardHistory(runtime, time, options.RefreshInterval);
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(history.Dispose);
        var actions = new DashboardActions(runtime, options, logger);

        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        Get(group, "/", new DashboardPage(DashboardPage.Overview, "Overview", depth: 0, options.RefreshInterval).ServeAsync);
        Get(group, "/processes", new DashboardPage("processes", "Processes", depth: 0, options.RefreshInterval).ServeAsync);
        Get(group, "/processes/{id}", new DashboardPage("process", "Process", depth: 1, options.RefreshInterval).ServeAsync);
        Get(group, "/supervision", new DashboardPage("supervision", "Supervision", depth: 0, options.RefreshInterval).ServeAsync);
        Get(group, "/assets/{version}/{file}", DashboardAssets.Instance.ServeAsync);
        Get(group, "/api/overview", new OverviewEndpoint(runtime, history, new CensusCache(runtime, time)).ServeAsync);
        Get(group, "/api/processes", new ProcessTableEndpoint(runtime).ServeAsync);
        Get(group, "/api/processes/{id}", new ProcessEndpoint(runtime, time, actions).ServeAsync);
        Get(group, "/api/supervision", new SupervisionEndpoint(runtime, services.GetService<LunaticHost>()).ServeAsync);
        if (options.AllowActions)
            MapActions(group, services, actions, options.ActionPolicy!);
        return group;
    }

    private static void MapActions(RouteGroupBuilder group, IServiceProvider services, DashboardActions actions, string policy)
    {
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IPolicyEvaluator)) != true)
            throw new InvalidOperationException($"{nameof(LunaticDashboardOptions.AllowActions)} needs authorisation: call builder.Services.AddAuthorization, with the policy '{policy}'.");
        Secured(group.MapPost("/api/processes/{id}/kill", WithHeaders(actions.KillAsync)));
        Secured(group.MapPost("/api/processes/{id}/stop", WithHeaders(actions.StopAsync)));

        void Secured(IEndpointConventionBuilder route) => route.RequireAuthorization(policy).ExcludeFromDescription();
    }

    private static void Get(RouteGroupBuilder group, string pattern, RequestDelegate serve) => group.MapGet(pattern, WithHeaders(serve)).ExcludeFromDescription();

    private static RequestDelegate WithHeaders(RequestDelegate serve) => context =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return serve(context);
    };
}
