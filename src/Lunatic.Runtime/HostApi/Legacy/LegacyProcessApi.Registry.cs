using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.HostApi.Legacy;

// Names with versions, one set for each environment.
internal static partial class LegacyProcessApi
{
    private const int NotFound = 2;
    private const int NoVersion = 1;

    /// <summary>Registers a process under a name and version, in place of one of the same version: 0, or 1 when the version is none (semver).</summary>
    [HostFunction("register")]
    public static int Register(ProcessContext context, int namePointer, int nameLength, int versionPointer, int versionLength, long environmentId, long processId)
    {
        if (!context.TryReadName(namePointer, nameLength, out string name)
            || !context.TryReadString(versionPointer, versionLength, "version", out string version)
            || !context.TryFind(context.Resources.Legacy.Environments, environmentId, "environment", out LegacyEnvironment? environment)
            || !context.TryFind(context.Resources.Legacy.Processes, processId, "process", out ProcessBase? process))
            return 0;
        int max = context.Environment.Options.MaxRegistryNames;
        return environment.Registry.Register(name, version, process, max) is { } isVersion
            ? (isVersion ? 0 : NoVersion)
            : context.Trap($"the environment holds {max} names, which is the most");
    }

    /// <summary>Removes a version of a name: 0; 1, the version is none; 2, there is no such name or version.</summary>
    [HostFunction("unregister")]
    public static int Unregister(ProcessContext context, int namePointer, int nameLength, int versionPointer, int versionLength, long environmentId)
    {
        if (!context.TryReadName(namePointer, nameLength, out string name)
            || !context.TryReadString(versionPointer, versionLength, "version", out string version)
            || !context.TryFind(context.Resources.Legacy.Environments, environmentId, "environment", out LegacyEnvironment? environment))
            return 0;
        return environment.Registry.Unregister(name, version) is { } removed ? (removed ? 0 : NotFound) : NoVersion;
    }

    /// <summary>Finds a process of the caller's own environment by name and version: 0, a new handle's id is written; 1, the query is none; 2, nothing fits.</summary>
    [HostFunction("lookup")]
    public static int Lookup(ProcessContext context, int namePointer, int nameLength, int queryPointer, int queryLength, int idPointer)
    {
        if (!context.TryReadName(namePointer, nameLength, out string name)
            || !context.TryReadString(queryPointer, queryLength, "query", out string query)
            || !context.TryGetMemory(idPointer, sizeof(long), out _))
            return 0;
        ProcessBase? process = OwnEnvironment(context).Registry.Look(name, query, out bool isQuery);
        if (process is null)
            return isQuery ? NotFound : NoVersion;
        context.TryWriteInt64(idPointer, context.Resources.Legacy.Processes.Add(process));
        return 0;
    }
}
