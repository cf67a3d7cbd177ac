using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lunatic.Runtime.AspNetCore.Tests.HealthChecks;

internal sealed class LunaticHealthCheckTests
{
    [Test]
    public async Task A_runtime_is_healthy_until_it_is_disposed_of()
    {
        await using var runtime = new LunaticRuntime();
        ServiceCollection services = new();
        services.AddLogging().AddSingleton(runtime).AddHealthChecks().AddLunatic();
        await using ServiceProvider provider = services.BuildServiceProvider();
        var checks = provider.GetRequiredService<HealthCheckService>();

        Assert.That((await checks.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
        await runtime.DisposeAsync();
        Assert.That((await checks.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }
}
