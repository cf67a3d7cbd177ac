using System.Collections.Immutable;
using Lunatic.Runtime.HostApi.Legacy;

namespace Lunatic.Runtime.Configuration;

/// <summary>
/// Rights, limits and surroundings of a guest process. Immutable: a process keeps what it was started with, and guests that build a configuration
/// replace it step by step. The defaults are those of a configuration that a guest creates: nothing is allowed.
/// </summary>
internal sealed record ProcessConfiguration
{
    /// <summary>Bytes of linear memory: one byte less than the address space, as guests of the reference see it.</summary>
    public const long DefaultMaxMemory = uint.MaxValue;

    /// <summary>Most bytes of linear memory.</summary>
    public long MaxMemory { get; init; } = DefaultMaxMemory;

    /// <summary>Most units of 100,000 operations; 0 means no limit.</summary>
    public long MaxFuelUnits { get; init; }

    /// <summary>Whether the process may compile modules.</summary>
    public bool CanCompileModules { get; init; }

    /// <summary>Whether the process may create configurations.</summary>
    public bool CanCreateConfigurations { get; init; }

    /// <summary>Whether the process may spawn processes.</summary>
    public bool CanSpawnProcesses { get; init; }

    /// <summary>Arguments, the program's name first.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Environment variables, in order; equal names may occur.</summary>
    public ImmutableArray<KeyValuePair<string, string>> EnvironmentVariables { get; init; } = [];

    /// <summary>Directories that the guest finds open, from file descriptor 3 on.</summary>
    public ImmutableArray<DirectoryGrant> PreopenedDirectories { get; init; } = [];

    /// <summary>The environment that a guest of the old generation made and that the process lives in; null: the application's.</summary>
    public LegacyEnvironment? LegacyEnvironment { get; init; }

    /// <summary>What the processes get that the host spawns in an environment.</summary>
    public static ProcessConfiguration Root(EnvironmentOptions options) => new()
    {
        MaxMemory = options.MaxMemory,
        MaxFuelUnits = options.MaxFuelUnits ?? 0,
        CanCompileModules = options.CanCompileModules,
        CanCreateConfigurations = options.CanCreateConfigs,
        CanSpawnProcesses = options.CanSpawnProcesses,
        Arguments = [.. options.Arguments],
        EnvironmentVariables = [.. options.Variables],
        PreopenedDirectories = [.. options.Directories.Select(static directory => new DirectoryGrant(directory))],
    };

    /// <summary>The same with the limits of <paramref name="maker"/>, the configuration of the process that makes this one, at most.</summary>
    public ProcessConfiguration CappedBy(ProcessConfiguration maker) => this with
    {
        MaxMemory = Math.Min(MaxMemory, maker.MaxMemory),
        LegacyEnvironment = maker.LegacyEnvironment,
        MaxFuelUnits = maker.MaxFuelUnits == 0 ? MaxFuelUnits
            : MaxFuelUnits == 0 ? maker.MaxFuelUnits
            : Math.Min(MaxFuelUnits, maker.MaxFuelUnits),
    };
}
