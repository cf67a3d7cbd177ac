using Lunatic.Runtime;
using Lunatic.Runtime.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the Lunatic runtime to an application.</summary>
public static class LunaticServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="LunaticRuntime"/>, which ends with the host. Environments, modules and supervisors that are added to the builder start and stop with the host; they are found by
    /// name as keyed services, or through <see cref="LunaticHost"/>. Options are checked when the host starts.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options of the runtime.</param>
    public static LunaticBuilder AddLunatic(this IServiceCollection services, Action<LunaticRuntimeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<LunaticRuntimeOptions> options = services.AddOptions<LunaticRuntimeOptions>()
            .Configure<IServiceProvider>(static (options, services) => options.TimeProvider = services.GetService<TimeProvider>() ?? options.TimeProvider)
            .ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LunaticRuntimeOptions>>(
            new OptionsValidator<LunaticRuntimeOptions>(static options => options.CopyValidated(), static _ => "")));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EnvironmentOptions>>(
            new OptionsValidator<EnvironmentOptions>(static options => options.CopyValidated(), static name => $"Environment '{name}', ")));
        services.TryAddSingleton(static services =>
            new LunaticRuntime(services.GetRequiredService<IOptions<LunaticRuntimeOptions>>().Value, services.GetService<ILoggerFactory>()));
        services.TryAddSingleton(static services =>
            new LunaticHost(services.GetRequiredService<LunaticRuntime>(), services.GetRequiredService<HostRegistrations>(), services.GetRequiredService<IOptionsMonitor<EnvironmentOptions>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LunaticHostedService>());
        return new LunaticBuilder(services);
    }

    /// <summary>
    /// Adds a <see cref="LunaticRuntime"/> as configured: the options' own names, and the sections <c>Environments</c> (an <see cref="EnvironmentOptions"/> under each name) and
    /// <c>Modules</c> (a file under each name). Unknown names are errors.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">For example <c>configuration.GetSection("Lunatic")</c>.</param>
    public static LunaticBuilder AddLunatic(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        LunaticBuilder builder = services.AddLunatic(options => OptionsBinding.Bind(section, options));
        foreach (IConfigurationSection environment in section.GetSection(OptionsBinding.Environments).GetChildren())
            builder.AddEnvironment(environment.Key, options => OptionsBinding.Bind(environment, options));
        foreach (IConfigurationSection module in section.GetSection(OptionsBinding.Modules).GetChildren())
            builder.AddModule(module.Key, module.Value ?? throw new InvalidOperationException($"The configuration {module.Path} must be the path of a module's file."));
        return builder;
    }
}
