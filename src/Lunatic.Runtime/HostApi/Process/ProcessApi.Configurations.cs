using System.Diagnostics.CodeAnalysis;
using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Process;

// Configurations that a guest makes for its children. They trap on an unknown id. No configuration goes beyond its maker's own: limits are capped,
// a right that the maker has not traps.
internal static partial class ProcessApi
{
    /// <summary>Makes a configuration without rights, with the caller's own limits at most. The result is its id, or -1 without the right to make one.</summary>
    [HostFunction("create_config")]
    public static long CreateConfig(ProcessContext context)
    {
        if (!context.Configuration.CanCreateConfigurations)
            return -1;
        long id = context.Resources.Configurations.Add(new ProcessConfiguration().CappedBy(context.Configuration));
        context.Environment.Runtime.Metrics.ConfigurationsCreated.Add(1);
        return id;
    }

    /// <summary>Forgets a configuration; processes that run under it keep it.</summary>
    [HostFunction("drop_config")]
    public static void DropConfig(ProcessContext context, long configId)
    {
        if (context.TryTake(context.Resources.Configurations, configId, "configuration", out _))
            context.Environment.Runtime.Metrics.ConfigurationsDropped.Add(1);
    }

    /// <summary>Sets the most bytes of memory; more than the caller's own limit becomes that limit.</summary>
    [HostFunction("config_set_max_memory")]
    public static void SetMaxMemory(ProcessContext context, long configId, long bytes)
    {
        // unsigned: what a signed number does not hold is more than any limit
        if (TryFindConfiguration(context, configId, out ProcessConfiguration? configuration))
            Replace(context, configId, configuration with { MaxMemory = bytes < 0 ? long.MaxValue : bytes });
    }

    /// <summary>The most bytes of memory.</summary>
    [HostFunction("config_get_max_memory")]
    public static long GetMaxMemory(ProcessContext context, long configId) =>
        TryFindConfiguration(context, configId, out ProcessConfiguration? configuration) ? configuration.MaxMemory : 0;

    /// <summary>Sets the most units of 100,000 operations, 0 for no limit; more than the caller's own limit becomes that limit.</summary>
    [HostFunction("config_set_max_fuel")]
    public static void SetMaxFuel(ProcessContext context, long configId, long units)
    {
        if (TryFindConfiguration(context, configId, out ProcessConfiguration? configuration))
            Replace(context, configId, configuration with { MaxFuelUnits = units < 0 ? long.MaxValue : units });
    }

    /// <summary>The most units of 100,000 operations, 0 for no limit.</summary>
    [HostFunction("config_get_max_fuel")]
    public static long GetMaxFuel(ProcessContext context, long configId) =>
        TryFindConfiguration(context, configId, out ProcessConfiguration? configuration) ? configuration.MaxFuelUnits : 0;

    /// <summary>Whether processes under it may compile modules: 0 or 1.</summary>
    [HostFunction("config_can_compile_modules")]
    public static int CanCompileModules(ProcessContext context, long configId) =>
        TryFindConfiguration(context, configId, out ProcessConfiguration? configuration) && configuration.CanCompileModules ? 1 : 0;

    /// <summary>Lets processes under it compile modules, or not (0). Traps when the caller itself may not.</summary>
    [HostFunction("config_set_can_compile_modules")]
    public static void SetCanCompileModules(ProcessContext context, long configId, int can)
    {
        if (TryFindConfiguration(context, configId, out ProcessConfiguration? configuration)
            && MayGive(context, can != 0, context.Configuration.CanCompileModules, "compile modules"))
            Replace(context, configId, configuration with { CanCompileModules = can != 0 });
    }

    /// <summary>Whether processes under it may make configurations: 0 or 1.</summary>
    [HostFunction("config_can_create_configs")]
    public static int CanCreateConfigs(ProcessContext context, long configId) =>
        TryFindConfiguration(context, configId, out ProcessConfiguration? configuration) && configuration.CanCreateConfigurations ? 1 : 0;

    /// <summary>Lets processes under it make configurations, or not (0). Traps when the caller itself may not.</summary>
    [HostFunction("config_set_can_create_configs")]
    public static void SetCanCreateConfigs(ProcessContext context, long configId, int can)
    {
        if (TryFindConfiguration(context, configId, out ProcessConfiguration? configuration)
            && MayGive(context, can != 0, context.Configuration.CanCreateConfigurations, "create configurations"))
            Replace(context, configId, configuration with { CanCreateConfigurations = can != 0 });
    }

    /// <summary>Whether processes under it may spawn processes: 0 or 1.</summary>
    [HostFunction("config_can_spawn_processes")]
    public static int CanSpawnProcesses(ProcessContext context, long configId) =>
        TryFindConfiguration(context, configId, out ProcessConfiguration? configuration) && configuration.CanSpawnProcesses ? 1 : 0;

    /// <summary>Lets processes under it spawn processes, or not (0). Traps when the caller itself may not.</summary>
    [HostFunction("config_set_can_spawn_processes")]
    public static void SetCanSpawnProcesses(ProcessContext context, long configId, int can)
    {
        if (TryFindConfiguration(context, configId, out ProcessConfiguration? configuration)
            && MayGive(context, can != 0, context.Configuration.CanSpawnProcesses, "spawn processes"))
            Replace(context, configId, configuration with { CanSpawnProcesses = can != 0 });
    }

    private static bool TryFindConfiguration(ProcessContext context, long id, [NotNullWhen(true)] out ProcessConfiguration? configuration) =>
        context.TryFind(context.Resources.Configurations, id, "configuration", out configuration);

    private static void Replace(ProcessContext context, long id, ProcessConfiguration configuration) =>
        context.Resources.Configurations.Replace(id, configuration.CappedBy(context.Configuration));

    private static bool MayGive(ProcessContext context, bool wanted, bool own, string right)
    {
        if (!wanted || own)
            return true;
        context.Trap($"the process may not {right} itself, so it cannot let others do so");
        return false;
    }
}
