using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Resources;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>What only guests of the old generation hold by id.</summary>
/// <param name="budget">What all tables of the process may hold together.</param>
internal sealed class LegacyResources(ResourceBudget budget)
{
    /// <summary>Handles of processes.</summary>
    public ResourceTable<ProcessBase> Processes { get; } = new(budget);

    /// <summary>Configurations of environments to be made.</summary>
    public ResourceTable<LegacyConfiguration> Configurations { get; } = new(budget);

    /// <summary>Environments.</summary>
    public ResourceTable<LegacyEnvironment> Environments { get; } = new(budget);

    /// <summary>Modules, each in an environment.</summary>
    public ResourceTable<LegacyModule> Modules { get; } = new(budget);

    /// <summary>Number of entries.</summary>
    public int Count => Processes.Count + Configurations.Count + Environments.Count + Modules.Count;

    /// <summary>Lets everything go.</summary>
    public void Clear()
    {
        Processes.Clear();
        Configurations.Clear();
        Environments.Clear();
        Modules.Clear();
    }
}
