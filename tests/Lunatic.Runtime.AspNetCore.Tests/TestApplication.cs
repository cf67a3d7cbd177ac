using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.AspNetCore.Tests;

/// <summary>Web applications: in memory, or on a free port of the loopback address.</summary>
internal static class TestApplication
{
    public static async Task<WebApplication> StartAsync(Action<IServiceCollection> addServices, Action<WebApplication> map, bool onPort = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (onPort)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseTestServer();
        addServices(builder.Services);
        WebApplication application = builder.Build();
        map(application);
        await application.StartAsync();
        return application;
    }
}
