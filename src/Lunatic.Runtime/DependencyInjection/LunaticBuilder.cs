using Lunatic.Runtime.Supervision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lunatic.Runtime.DependencyInjection;

/// <summary>Adds environments, modules and supervisors to an application with a Lunatic runtime.</summary>
public sealed class LunaticBuilder
{
    private readonly HostRegistrations _registrations;

    internal LunaticBuilder(IServiceCollection services)
    {
        Services = services;
        _registrations = services.FirstOrDefault(service => service.ServiceType == typeof(HostRegistrations))?.ImplementationInstance as HostRegistrations ?? new HostRegistrations();
        if (!services.Any(service => service.ServiceType == typeof(HostRegistrations)))
            services.AddSingleton(_registrations);
    }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds an environment; adding it again configures it further. It is the keyed service <see cref="LunaticEnvironment"/> of its name.</summary>
    /// <param name="name">Its name, also in logs and metrics.</param>
    /// <param name="configure">Sets its options.</param>
    public LunaticBuilder AddEnvironment(string name, Action<EnvironmentOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        OptionsBuilder<EnvironmentOptions> options = Services.AddOptions<EnvironmentOptions>(name).ValidateOnStart();
        if (!_registrations.Environments.Contains(name))
        {
            _registrations.Environments.Add(name);
            options.Configure(options => options.Name = name);
            Services.AddKeyedSingleton(name, (services, _) => services.GetRequiredService<LunaticHost>().GetEnvironment(name));
        }
        if (configure is not null)
            options.Configure(configure);
        return this;
    }

    /// <summary>Adds a module, which is compiled when the host starts. From then on it is the keyed service <see cref="LunaticModule"/> of its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">Its file, binary or text: absolute, or below the host's content root or the application's own folder.</param>
    public LunaticBuilder AddModule(string name, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return AddModule(name, services => OpenFile(services, name, path));
    }

    /// <summary>Adds a module, which is compiled when the host starts. From then on it is the keyed service <see cref="LunaticModule"/> of its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="open">Opens the module, binary or text; the stream is closed after reading.</param>
    public LunaticBuilder AddModule(string name, Func<IServiceProvider, Stream> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(open);
        if (_registrations.Modules.Any(module => module.Name == name))
            throw new ArgumentException($"There is a module named '{name}' already.", nameof(name));
        _registrations.Modules.Add((name, open));
        Services.AddKeyedSingleton(name, (services, _) => services.GetRequiredService<LunaticHost>().GetModule(name));
        return this;
    }

    /// <summary>
    /// Adds a supervisor, which is started when the host starts, behind the modules and the supervisors that were added before, and stopped in reverse order. While the host runs it is the
    /// keyed service <see cref="Supervisor"/> of its name.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="environment">The environment that it runs in; added here if it was not yet.</param>
    /// <param name="build">Describes it. The services are the application's own, not those of a scope.</param>
    public LunaticBuilder AddSupervisor(string name, string environment, Action<IServiceProvider, SupervisorBuilder> build)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(build);
        if (_registrations.Supervisors.Any(supervisor => supervisor.Name == name))
            throw new ArgumentException($"There is a supervisor named '{name}' already.", nameof(name));
        AddEnvironment(environment);
        _registrations.Supervisors.Add((name, environment, build));
        Services.AddKeyedSingleton(name, (services, _) => services.GetRequiredService<LunaticHost>().GetSupervisor(name));
        return this;
    }

    private static FileStream OpenFile(IServiceProvider services, string name, string path)
    {
        string[] folders = services.GetService<IHostEnvironment>() is { } host ? [host.ContentRootPath, AppContext.BaseDirectory] : [AppContext.BaseDirectory];
        string? found = folders.Select(folder => Path.Combine(folder, path)).FirstOrDefault(File.Exists);
        return File.OpenRead(found ?? throw new FileNotFoundException($"Module '{name}': there is no file {path} in {string.Join(" or ", folders.Distinct())}.", path));
    }
}
