using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Supervision;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.DependencyInjection;

/// <summary>Compiles modules and starts supervisors with the host, and stops them with it: from the last to the first, within the host's shutdown timeout.</summary>
internal sealed class LunaticHostedService(LunaticHost host, HostRegistrations registrations, IServiceProvider services, ILoggerFactory loggers) : IHostedService
{
    private readonly ILogger _logger = loggers.CreateLogger(Log.HostingCategory);
    private readonly Stack<Supervisor> _running = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(registrations.Modules.Select(module => CompileAsync(module.Name, module.Open, cancellationToken))).ConfigureAwait(false);
        try
        {
            foreach ((string name, string environment, Action<IServiceProvider, SupervisorBuilder> build) in registrations.Supervisors)
                await StartSupervisorAsync(name, host.GetEnvironment(environment), build, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // a host that does not start does not stop its services either
            await StopAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        while (_running.TryPop(out Supervisor? supervisor))
        {
            await supervisor.StopAsync(cancellationToken).ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested)
                Log.SupervisorKilled(_logger, supervisor.Name);
            else
                Log.SupervisorStopped(_logger, supervisor.Name);
        }
    }

    private async Task CompileAsync(string name, Func<IServiceProvider, Stream> open, CancellationToken cancellationToken)
    {
        Stream stream = open(services);
        await using (stream.ConfigureAwait(false))
            host.Add(name, await host.Runtime.CompileAsync(stream, cancellationToken).ConfigureAwait(false));
        Log.ModuleCompiled(_logger, name);
    }

    private async Task StartSupervisorAsync(string name, LunaticEnvironment environment, Action<IServiceProvider, SupervisorBuilder> build, CancellationToken cancellationToken)
    {
        Supervisor supervisor = await environment.SuperviseAsync(name, tree => build(services, tree), cancellationToken).ConfigureAwait(false);
        host.Add(supervisor);
        _running.Push(supervisor);
        Log.SupervisorStarted(_logger, name, environment.Name, supervisor.Children.Count);
    }
}
