using System.Collections.Concurrent;
using Lunatic.Runtime.Supervision;
using Microsoft.Extensions.Options;

namespace Lunatic.Runtime.DependencyInjection;

/// <summary>The environments, modules and supervisors of an application, by name.</summary>
public sealed class LunaticHost
{
    private readonly HostRegistrations _registrations;
    private readonly Dictionary<string, LunaticEnvironment> _environments;
    private readonly ConcurrentDictionary<string, LunaticModule> _modules = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Supervisor> _supervisors = new(StringComparer.Ordinal);

    internal LunaticHost(LunaticRuntime runtime, HostRegistrations registrations, IOptionsMonitor<EnvironmentOptions> options)
    {
        Runtime = runtime;
        _registrations = registrations;
        _environments = registrations.Environments.ToDictionary(name => name, name => runtime.CreateEnvironment(options.Get(name)), StringComparer.Ordinal);
    }

    /// <summary>The runtime.</summary>
    public LunaticRuntime Runtime { get; }

    /// <summary>The supervisors that the host has started, also those that have ended.</summary>
    public IReadOnlyCollection<Supervisor> Supervisors => [.. _registrations.Supervisors.Select(supervisor => _supervisors.GetValueOrDefault(supervisor.Name)).OfType<Supervisor>()];

    /// <summary>The environment of a name.</summary>
    /// <exception cref="InvalidOperationException">No such environment was added.</exception>
    public LunaticEnvironment GetEnvironment(string name) =>
        _environments.GetValueOrDefault(name) ?? throw new InvalidOperationException($"There is no environment '{name}': add it with {nameof(LunaticBuilder.AddEnvironment)}.");

    /// <summary>The module of a name.</summary>
    /// <exception cref="InvalidOperationException">No such module was added, or the host has not started yet.</exception>
    public LunaticModule GetModule(string name) =>
        _modules.GetValueOrDefault(name) ?? throw Missing("module", name, _registrations.Modules.Any(module => module.Name == name), nameof(LunaticBuilder.AddModule));

    /// <summary>The supervisor of a name.</summary>
    /// <exception cref="InvalidOperationException">No such supervisor was added, or the host has not started it yet.</exception>
    public Supervisor GetSupervisor(string name) =>
        _supervisors.GetValueOrDefault(name) ?? throw Missing("supervisor", name, _registrations.Supervisors.Any(supervisor => supervisor.Name == name), nameof(LunaticBuilder.AddSupervisor));

    internal void Add(string name, LunaticModule module)
    {
        module.HostName = name;
        _modules[name] = module;
    }

    internal void Add(Supervisor supervisor) => _supervisors[supervisor.Name] = supervisor;

    private static InvalidOperationException Missing(string kind, string name, bool isKnown, string method) =>
        new(isKnown ? $"The {kind} '{name}' is not there yet: it comes when the host starts." : $"There is no {kind} '{name}': add it with {method}.");
}
