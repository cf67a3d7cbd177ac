using System.Text;
using Lunatic.Runtime.DependencyInjection;
using Lunatic.Runtime.Supervision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Tests.DependencyInjection;

internal sealed class HostingTests
{
    private const string Idle = """(module (func (export "_start") (loop (br 0))))""";

    [Test]
    public async Task Modules_and_supervisors_start_with_the_host_and_stop_with_it_from_the_last_to_the_first()
    {
        List<string> stopped = [];
        using IHost host = Build((services, _) => services.AddLunatic(options => options.Workers = 2)
            .AddModule("idle", _ => new MemoryStream(Encoding.UTF8.GetBytes(Idle)))
            .AddSupervisor("first", "sandbox", (_, tree) => tree.AddProcess("a", context => UntilStopped(context, "a")))
            .AddSupervisor("second", "sandbox", (services, tree) => tree
                .AddGuest("guest", services.GetRequiredKeyedService<LunaticModule>("idle"))
                .AddProcess("b", context => UntilStopped(context, "b"))));

        await host.StartAsync();
        var environment = host.Services.GetRequiredKeyedService<LunaticEnvironment>("sandbox");
        Assert.That((environment.Name, environment.ProcessCount), Is.EqualTo(("sandbox", 5)));
        Assert.That(environment.Runtime, Is.SameAs(host.Services.GetRequiredService<LunaticRuntime>()));
        var second = host.Services.GetRequiredKeyedService<Supervisor>("second");
        Assert.That(second["guest"].State, Is.EqualTo(ChildState.Running));
        await host.StopAsync();

        Assert.That(stopped, Is.EqualTo(new[] { "b", "a" }));
        Assert.That(await second.Completion, Is.EqualTo(ExitReason.Returned));

        async Task UntilStopped(NativeProcessContext context, string name)
        {
            try
            {
                while (true)
                    await context.ReceiveAsync(context.StopRequested);
            }
            finally
            {
                stopped.Add(name);
            }
        }
    }

    [Test]
    public async Task The_runtime_ends_with_the_host()
    {
        IHost host = Build((services, _) => services.AddLunatic().AddEnvironment("sandbox"));
        await host.StartAsync();
        LunaticProcess process = host.Services.GetRequiredKeyedService<LunaticEnvironment>("sandbox").Spawn(async context => await context.ReceiveAsync());
        var runtime = host.Services.GetRequiredService<LunaticRuntime>();

        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();

        Assert.That(runtime.IsDisposed);
        Assert.That(await process.Completion, Is.EqualTo(ExitReason.Killed));
    }

    [Test]
    public async Task A_shutdown_that_takes_too_long_kills()
    {
        // one that has not asked for the token yet would be killed at once
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IHost host = Build((services, _) =>
        {
            services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
            services.AddLunatic().AddSupervisor("deaf", "sandbox", (_, tree) => tree.AddProcess("deaf", IgnoreStop, child => child.StopTimeout = Timeout.InfiniteTimeSpan));
        });
        await host.StartAsync();
        var supervisor = host.Services.GetRequiredKeyedService<Supervisor>("deaf");
        await listens.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await host.StopAsync();

        Assert.That(await supervisor.Completion, Is.EqualTo(ExitReason.Killed));

        async Task IgnoreStop(NativeProcessContext context)
        {
            _ = context.StopRequested;
            listens.TrySetResult();
            while (true)
                await context.ReceiveAsync();
        }
    }

    [Test]
    public async Task Options_come_from_configuration()
    {
        using IHost host = Build(
            (services, configuration) => services.AddLunatic(configuration.GetSection("Lunatic")).AddEnvironment("small", options => options.MaxProcesses = 7),
            ("Lunatic:Workers", "3"), ("Lunatic:StuckAfter", "00:00:01"), ("Lunatic:Environments:small:MaxMemory", "65536"), ("Lunatic:Environments:small:MaxProcesses", "5"),
            ("Lunatic:Environments:small:AllowedNamespaces:0", "lunatic::message"), ("Lunatic:Environments:small:Directories:0", "/tmp"),
            ("Lunatic:Environments:small:Variables:COLOUR", "blue"), ("Lunatic:Environments:none:AllowedNamespaces", ""));

        await host.StartAsync();

        LunaticRuntimeOptions runtime = host.Services.GetRequiredService<LunaticRuntime>().Options;
        Assert.That((runtime.Workers, runtime.StuckAfter), Is.EqualTo((3, TimeSpan.FromSeconds(1))));
        EnvironmentOptions small = host.Services.GetRequiredService<LunaticHost>().GetEnvironment("small").Options;
        Assert.That((small.MaxMemory, small.MaxProcesses, small.Variables["COLOUR"]), Is.EqualTo((65536L, 7, "blue")), "code has the last word");
        Assert.That(small.AllowedNamespaces, Is.EqualTo(new[] { "lunatic::message" }));
        Assert.That(small.Directories.Single(), Is.EqualTo(new PreopenedDirectory("/tmp")));
        NamespaceList none = host.Services.GetRequiredService<LunaticHost>().GetEnvironment("none").Options.AllowedNamespaces;
        Assert.That((none.AllowsAll, none.Count), Is.EqualTo((false, 0)));
    }

    [TestCase("Lunatic:Workers", "0", "LunaticRuntimeOptions.Workers")]
    [TestCase("Lunatic:Environments:small:MaxProcesses", "-1", "Environment 'small', EnvironmentOptions.MaxProcesses")]
    [TestCase("Lunatic:Wrokers", "2", "Wrokers")]
    [TestCase("Lunatic:Workers", "many", "Workers")]
    [TestCase("Lunatic:Modules:missing", "missing.wasm", "Module 'missing': there is no file missing.wasm")]
    public void A_host_with_wrong_options_does_not_start_and_says_why(string key, string value, string expected)
    {
        using IHost host = Build((services, configuration) => services.AddLunatic(configuration.GetSection("Lunatic")), (key, value));

        Exception failure = Assert.CatchAsync(() => host.StartAsync())!;

        Assert.That(failure.ToString(), Does.Contain(expected));
    }

    [Test]
    public async Task A_supervisor_that_cannot_be_started_fails_the_host_and_stops_those_before_it()
    {
        using IHost host = Build((services, _) => services.AddLunatic()
            .AddSupervisor("first", "sandbox", (_, tree) => tree.AddProcess("a", async context => await context.ReceiveAsync(context.StopRequested)))
            .AddSupervisor("second", "full", (_, tree) => tree.AddProcess("b", static _ => Task.CompletedTask))
            .AddEnvironment("full", options => options.MaxProcesses = 1));

        ChildStartException failure = Assert.ThrowsAsync<ChildStartException>(() => host.StartAsync())!;

        Assert.That(failure.Message, Does.Contain("'b'").And.Contain("MaxProcesses"));
        Assert.That(await host.Services.GetRequiredKeyedService<Supervisor>("first").Completion, Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public async Task What_is_not_there_says_what_to_do()
    {
        using IHost host = Build((services, _) => services.AddLunatic().AddSupervisor("later", "sandbox", static (_, _) => { }));
        var lunatic = host.Services.GetRequiredService<LunaticHost>();

        Assert.That(Assert.Throws<InvalidOperationException>(() => lunatic.GetSupervisor("later"))!.Message, Does.Contain("when the host starts"));
        Assert.That(Assert.Throws<InvalidOperationException>(() => lunatic.GetModule("none"))!.Message, Does.Contain("AddModule"));
        await host.StartAsync();
        Assert.That(host.Services.GetRequiredKeyedService<Supervisor>("later"), Is.SameAs(lunatic.GetSupervisor("later")));
        await host.StopAsync();
    }

    [Test]
    public async Task A_process_can_have_a_scope_that_ends_with_it()
    {
        using IHost host = Build((services, _) =>
        {
            services.AddScoped<Disposable>();
            services.AddLunatic().AddEnvironment("sandbox");
        });
        await host.StartAsync();
        Disposable? used = null;
        bool usable = false;

        LunaticProcess process = host.Services.GetRequiredKeyedService<LunaticEnvironment>("sandbox").Spawn(host.Services.InScope(async (context, services) =>
        {
            used = services.GetRequiredService<Disposable>();
            await context.SleepAsync(TimeSpan.FromMilliseconds(1));
            usable = !used.IsDisposed;
        }));

        Assert.That(await process.Completion, Is.EqualTo(ExitReason.Returned));
        Assert.That((usable, used!.IsDisposed), Is.EqualTo((true, true)));
    }

    private static IHost Build(Action<IServiceCollection, IConfiguration> add, params (string Key, string Value)[] configuration)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        builder.Logging.ClearProviders();
        add(builder.Services, builder.Configuration);
        return builder.Build();
    }

    private sealed class Disposable : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
