using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Wasi;

/// <summary><c>lunatic::wasi</c>: what configurations say of a child's surroundings. All trap on an unknown id, a bad pointer, or text that is not UTF-8.</summary>
[HostNamespace("lunatic::wasi")]
internal static partial class WasiConfigurationApi
{
    private const int MaxEntries = 10_000;

    /// <summary>Appends an environment variable; equal names are kept both.</summary>
    [HostFunction("config_add_environment_variable")]
    public static void AddEnvironmentVariable(ProcessContext context, long configId, int keyPointer, int keyLength, int valuePointer, int valueLength)
    {
        if (context.TryReadString(keyPointer, keyLength, "variable's name", out string key)
            && context.TryReadString(valuePointer, valueLength, "variable's value", out string value)
            && context.TryFind(context.Resources.Configurations, configId, "configuration", out ProcessConfiguration? configuration))
        {
            Replace(
                context, configId, configuration with { EnvironmentVariables = configuration.EnvironmentVariables.Add(new(key, value)) });
        }
    }

    /// <summary>Appends an argument; the first one is the program's name.</summary>
    [HostFunction("config_add_command_line_argument")]
    public static void AddCommandLineArgument(ProcessContext context, long configId, int argumentPointer, int argumentLength)
    {
        if (context.TryReadString(argumentPointer, argumentLength, "argument", out string argument)
            && context.TryFind(context.Resources.Configurations, configId, "configuration", out ProcessConfiguration? configuration))
            Replace(context, configId, configuration with { Arguments = configuration.Arguments.Add(argument) });
    }

    /// <summary>
    /// Appends a directory, which the child sees by the same name. It must be, or lie in, a directory that the caller itself has open, and traps else.
    /// </summary>
    [HostFunction("config_preopen_dir")]
    public static void PreopenDirectory(ProcessContext context, long configId, int directoryPointer, int directoryLength)
    {
        if (!context.TryReadString(directoryPointer, directoryLength, "directory", out string directory)
            || !context.TryFind(context.Resources.Configurations, configId, "configuration", out ProcessConfiguration? configuration))
            return;
        if (DirectoryRights.Find(context.Configuration.PreopenedDirectories, directory) is { } allowed)
            Replace(context, configId, configuration with { PreopenedDirectories = configuration.PreopenedDirectories.Add(allowed) });
        else
            context.Trap($"the directory \"{directory}\" does not lie in a directory that the process itself has open, so it cannot give it to others");
    }

    private static void Replace(ProcessContext context, long id, ProcessConfiguration configuration)
    {
        if (configuration.Arguments.Length + configuration.EnvironmentVariables.Length + configuration.PreopenedDirectories.Length > MaxEntries)
            context.Trap($"a configuration holds at most {MaxEntries} arguments, variables and directories");
        else
            context.Resources.Configurations.Replace(id, configuration);
    }
}
