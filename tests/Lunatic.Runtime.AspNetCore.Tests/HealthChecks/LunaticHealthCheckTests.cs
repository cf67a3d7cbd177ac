using System.Net;
using Lunatic.Runtime.Supervision;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lunatic.Runtime.AspNetCore.Tests.HealthChecks;

internal sealed class LunaticHealthCheckTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    public async Task A_runtime_is_healthy_until_it_is_disposed_of()
    {
        await using var runtime = new LunaticRuntime();
        await using ServiceProvider services = ServicesOf(runtime, checks => checks.AddLunatic());

        Assert.That((await CheckAsync(services)).Status, Is.EqualTo(HealthStatus.Healthy));
        await runtime.DisposeAsync();
        Assert.That((await CheckAsync(services)).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }

    [Test]
    public async Task An_application_is_unhealthy_when_a_supervisor_has_given_up()
    {
        await using WebApplication application = await TestApplication.StartAsync(AddCrashingWorkers, application => application.MapHealthChecks("/health"));
        using HttpClient client = application.GetTestClient();
        Assert.That((await client.GetAsync("/health")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var supervisor = application.Services.GetRequiredKeyedService<Supervisor>("workers");
        supervisor["worker"].Current!.Send(1, []);
        await supervisor.Completion.WaitAsync(Limit);

        Assert.That((await client.GetAsync("/health")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((await CheckAsync(application.Services)).Entries["lunatic"].Description, Does.Contain("'workers' gave up").And.Contain("broken"));

        static void AddCrashingWorkers(IServiceCollection services)
        {
            services.AddLunatic().AddSupervisor("workers", "sandbox", (_, tree) => tree.WithRestartLimit(0, TimeSpan.FromSeconds(1)).AddProcess("worker", async context =>
            {
                await context.ReceiveAsync();
                throw new InvalidDataException("broken");
            }));
            services.AddHealthChecks().AddLunatic();
        }
    }

    [Test]
    public async Task A_runtime_whose_guests_use_most_of_their_memory_is_degraded()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        LunaticModule module = await runtime.CompileAsync("""(module (memory 64) (func (export "_start") (loop (br 0))))"""u8.ToArray());
        await runtime.CreateEnvironment().SpawnAsync(module);
        await using ServiceProvider services = ServicesOf(runtime, checks => checks.AddLunatic("tight", options => options.MaxMemoryUse = 1e-9).AddLunatic("roomy"));

        HealthReport report = await CheckAsync(services);

        Assert.That((report.Entries["tight"].Status, report.Entries["roomy"].Status), Is.EqualTo((HealthStatus.Degraded, HealthStatus.Healthy)));
        Assert.That(report.Entries["tight"].Data["committedBytes"], Is.GreaterThan(0));
    }

    [Test]
    public async Task A_runtime_with_too_many_stuck_workers_is_degraded()
    {
        using ManualResetEventSlim release = new();
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        LunaticEnvironment environment = runtime.CreateEnvironment();
        LunaticProcess stuck = environment.Spawn(_ =>
        {
            release.Wait(Limit);
            return Task.CompletedTask;
        });
        await using ServiceProvider services = ServicesOf(runtime, checks => checks.AddLunatic(configure: options => options.MaxStuckWorkers = 0));

        Assert.That(SpinWait.SpinUntil(() => runtime.GetStatistics().StuckWorkers == 1, Limit), "the worker was not found to be stuck");
        HealthStatus status = (await CheckAsync(services)).Status;
        release.Set();
        await stuck.Completion.WaitAsync(Limit);

        Assert.That(status, Is.EqualTo(HealthStatus.Degraded));
    }

    private static ServiceProvider ServicesOf(LunaticRuntime runtime, Action<IHealthChecksBuilder> add)
    {
        ServiceCollection services = new();
        add(services.AddLogging().AddSingleton(runtime).AddHealthChecks());
        return services.BuildServiceProvider();
    }

    private static Task<HealthReport> CheckAsync(IServiceProvider services) => services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
}
