using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.AspNetCore.Tests;

/// <summary>Web applications in memory.</summary>
internal static class TestApplication
{
    public static async Task<WebApplication> StartAsync(Action<IServiceCollection> addServices, Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        addServices(builder.Services);
        WebApplication application = builder.Build();
        map(application);
        await application.StartAsync();
        return application;
    }
}
