using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Legacy;

// Configurations, environments and modules that a guest makes. Errors by result are 1, with the error's id where the other's would be.
internal static partial class LegacyProcessApi
{
    private const int MaxEntries = 1_000;

    private static readonly string[] PluginExports = ["_initialize", "lunatic_create_module_hook"];

    /// <summary>Makes a configuration that allows nothing: most bytes of memory and units of fuel (0 for no limit) of a process, with the caller's own as most. Traps without the right to make one.</summary>
    [HostFunction("create_config")]
    public static long CreateConfig(ProcessContext context, long maxMemory, long maxFuel) => context.Configuration.CanCreateConfigurations
        ? context.Resources.Legacy.Configurations.Add(new LegacyConfiguration(maxMemory < 0 ? long.MaxValue : maxMemory, maxFuel < 0 ? long.MaxValue : maxFuel))
        : context.Trap("the process may not create configurations");

    /// <summary>Forgets a configuration; environments made of it stay as they are.</summary>
    [HostFunction("drop_config")]
    public static void DropConfig(ProcessContext context, long configId) => context.TryTake(context.Resources.Legacy.Configurations, configId, "configuration", out _);

    /// <summary>Allows all functions whose full name begins with a text; those that the caller may not call stay forbidden.</summary>
    [HostFunction("allow_namespace")]
    public static void AllowNamespace(ProcessContext context, long configId, int pointer, int length)
    {
        if (context.TryReadString(pointer, length, "namespace", out string prefix)
            && context.TryFind(context.Resources.Legacy.Configurations, configId, "configuration", out LegacyConfiguration? configuration))
            Replace(context, configId, configuration with { Prefixes = configuration.Prefixes.Add(prefix) });
    }

    /// <summary>
    /// Lets processes use a directory: 0 (and 0 is written) if one of the caller's ends with its components, else 1 with an error. Only what is one of the caller's
    /// directories can be opened when a process is spawned.
    /// </summary>
    [HostFunction("preopen_dir")]
    public static int PreopenDirectory(ProcessContext context, long configId, int pointer, int length, int idPointer)
    {
        if (!context.TryReadString(pointer, length, "directory", out string directory) || !context.TryGetMemory(idPointer, sizeof(long), out _))
            return 0;
        IReadOnlyList<DirectoryGrant> own = context.Configuration.PreopenedDirectories;
        if (!own.Any(grant => EndsWith(grant.GuestPath, directory)))
            return context.Fail(idPointer, $"Host does not have access to directory \"{directory}\"");
        if (!context.TryFind(context.Resources.Legacy.Configurations, configId, "configuration", out LegacyConfiguration? configuration))
            return 0;
        Replace(context, configId, DirectoryRights.Find(own, directory) is { } allowed
            ? configuration with { Directories = configuration.Directories.Add(allowed) }
            : configuration with { HasLostDirectory = true });
        context.TryWriteInt64(idPointer, 0);
        return 0;
    }

    /// <summary>Adds a plugin: 0 (and 0 is written) for a module that does nothing as a plugin, else 1 with an error: plugins that change modules are not supported.</summary>
    [HostFunction("add_plugin")]
    public static int AddPlugin(ProcessContext context, long configId, int pointer, int length, int idPointer)
    {
        if (!context.TryGetMemory(idPointer, sizeof(long), out _) || !context.TryFind(context.Resources.Legacy.Configurations, configId, "configuration", out _)
            || !context.TryGetMemory(pointer, length, out Span<byte> bytes))
            return 0;
        return Compile(context, bytes, idPointer, static (context, module) => module.Wasm.Exports.Any(export => PluginExports.Contains(export.Name))
            ? (null, "plugins that change modules (lunatic::plugin) are not supported by this runtime")
            : (0, ""));
    }

    /// <summary>Makes an environment: 0, its id is written. It gets at most the caller's rights and limits.</summary>
    [HostFunction("create_environment")]
    public static int CreateEnvironment(ProcessContext context, long configId, int idPointer)
    {
        if (!context.TryFind(context.Resources.Legacy.Configurations, configId, "configuration", out LegacyConfiguration? configuration)
            || !context.TryGetMemory(idPointer, sizeof(long), out _))
            return 0;
        context.TryWriteInt64(idPointer, context.Resources.Legacy.Environments.Add(LegacyEnvironment.Make(OwnEnvironment(context), context.Configuration, configuration)));
        return 0;
    }

    /// <summary>An environment on another node: 1 with an error, there are no other nodes.</summary>
    [HostFunction("create_remote_environment")]
    public static int CreateRemoteEnvironment(ProcessContext context, long configId, int namePointer, int nameLength, int idPointer) =>
        context.TryFind(context.Resources.Legacy.Configurations, configId, "configuration", out _)
        && context.TryReadString(namePointer, nameLength, "name of the node", out _)
        && context.TryGetMemory(idPointer, sizeof(long), out _)
            ? context.Fail(idPointer, "Can't create remote environment on a node not connected to others")
            : 0;

    /// <summary>Forgets an environment; its modules and processes go on.</summary>
    [HostFunction("drop_environment")]
    public static void DropEnvironment(ProcessContext context, long environmentId) => context.TryTake(context.Resources.Legacy.Environments, environmentId, "environment", out _);

    /// <summary>A new id of the environment that the process lives in.</summary>
    [HostFunction("this_env")]
    public static long ThisEnvironment(ProcessContext context) => context.Resources.Legacy.Environments.Add(OwnEnvironment(context));

    /// <summary>Compiles a module, binary or text, for an environment: 0, its id is written; 1, an error's. Waits while others run. Imports are looked at when it is spawned.</summary>
    [HostFunction("add_module")]
    public static int AddModule(ProcessContext context, long environmentId, int pointer, int length, int idPointer)
    {
        if (!context.TryFind(context.Resources.Legacy.Environments, environmentId, "environment", out LegacyEnvironment? environment)
            || !context.TryGetMemory(idPointer, sizeof(long), out _) || !context.TryGetMemory(pointer, length, out Span<byte> bytes))
            return 0;
        if (!context.Configuration.CanCompileModules)
            return context.Fail(idPointer, "the process may not compile modules");
        return Compile(context, bytes, idPointer, (context, module) => (context.Resources.Legacy.Modules.Add(new LegacyModule(environment, module)), ""));
    }

    /// <summary>Adds the caller's own module to an environment: 0, its id is written.</summary>
    [HostFunction("add_this_module")]
    public static int AddThisModule(ProcessContext context, long environmentId, int idPointer)
    {
        if (context.TryFind(context.Resources.Legacy.Environments, environmentId, "environment", out LegacyEnvironment? environment)
            && context.TryGetMemory(idPointer, sizeof(long), out _))
            context.TryWriteInt64(idPointer, context.Resources.Legacy.Modules.Add(new LegacyModule(environment, context.Process.Plan.Module)));
        return 0;
    }

    /// <summary>Forgets a module; its processes go on.</summary>
    [HostFunction("drop_module")]
    public static void DropModule(ProcessContext context, long moduleId) => context.TryTake(context.Resources.Legacy.Modules, moduleId, "module", out _);

    private static void Replace(ProcessContext context, long id, LegacyConfiguration configuration)
    {
        if (configuration.Prefixes.Length + configuration.Directories.Length > MaxEntries)
            context.Trap($"a configuration holds at most {MaxEntries} namespaces and directories");
        else
            context.Resources.Legacy.Configurations.Replace(id, configuration);
    }

    private static LegacyEnvironment OwnEnvironment(ProcessContext context) => context.Configuration.LegacyEnvironment ?? context.Environment.Guests.Legacy;

    private static int Compile(ProcessContext context, Span<byte> bytes, int idPointer, Func<ProcessContext, LunaticModule, (long? Id, string Error)> use)
    {
        // as text nothing at all would be a module
        if (bytes.IsEmpty)
            return context.Fail(idPointer, "the module is empty");
        LunaticRuntime runtime = context.Environment.Runtime;
        byte[] copy = bytes.ToArray();
        // the imports are looked at when it is known which environment it goes to
        var operation = new CompileOperation(() => runtime.Load(copy), idPointer, use);
        context.Caller.Wait(operation);
        operation.Begin(context.Process);
        return 0;
    }

    // as Rust's Path::ends_with: whole components, and nothing at all is an end of everything
    private static bool EndsWith(string path, string end)
    {
        string[] all = Components(path);
        string[] last = Components(end);
        return end.StartsWith('/') ? path.StartsWith('/') && all.SequenceEqual(last) : all.TakeLast(last.Length).SequenceEqual(last) && last.Length <= all.Length;

        static string[] Components(string path) => [.. path.Split('/').Where(static (part, index) => part.Length > 0 && (part != "." || index == 0))];
    }
}
