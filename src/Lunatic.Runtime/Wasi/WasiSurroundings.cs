using System.Runtime.CompilerServices;
using System.Text;
using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.Wasi.FileSystem;

namespace Lunatic.Runtime.Wasi;

/// <summary>
/// What a configuration gives its processes, made ready once and shared by all of them: arguments and variables as bytes, directories as open handles.
/// The handles are closed when neither the configuration nor a process of it is left.
/// </summary>
internal sealed class WasiSurroundings
{
    private static readonly ConditionalWeakTable<ProcessConfiguration, WasiSurroundings> ByConfiguration = [];

    private WasiSurroundings(ProcessConfiguration configuration)
    {
        Arguments = new StringTable(configuration.Arguments);
        Variables = new StringTable([.. configuration.EnvironmentVariables.Select(static variable => $"{variable.Key}={variable.Value}")]);
        Directories = [.. configuration.PreopenedDirectories.Select(static directory => (Open(directory), Encoding.UTF8.GetBytes(directory.GuestPath)))];
    }

    /// <summary>The arguments, the program's name first.</summary>
    public StringTable Arguments { get; }

    /// <summary>The environment variables, <c>NAME=VALUE</c> each.</summary>
    public StringTable Variables { get; }

    /// <summary>The pre-opened directories, with the names that the guest sees, in the order of the configuration.</summary>
    public IReadOnlyList<(HostDirectory Directory, byte[] GuestName)> Directories { get; }

    /// <summary>
    /// What a configuration gives. Whoever starts processes asks for it before a process exists, so that a missing directory is an error of the start
    /// and not of the first call.
    /// </summary>
    /// <exception cref="IOException">A directory does not exist, is none, or cannot be opened; the text names it.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory may not be read.</exception>
    /// <exception cref="PlatformNotSupportedException">Directories are asked for on a system where guests cannot be kept in them.</exception>
    public static WasiSurroundings Of(ProcessConfiguration configuration) =>
        ByConfiguration.GetValue(configuration, static configuration => new WasiSurroundings(configuration));

    private static HostDirectory Open(DirectoryGrant grant)
    {
        HostDirectory directory = HostDirectory.OpenHostPath(grant.HostPath);
        foreach (string step in grant.Steps)
        {
            using HostDirectory start = directory;
            directory = start.OpenDirectory(step);
        }
        return directory;
    }
}
