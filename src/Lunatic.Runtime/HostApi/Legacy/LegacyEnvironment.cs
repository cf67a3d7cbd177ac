using Lunatic.Runtime.Configuration;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>
/// An environment as the old generation knows it: limits, rights and names of a set of processes. Guests make them within the application's environment, whose limits
/// hold for all of them together.
/// </summary>
internal sealed class LegacyEnvironment
{
    /// <summary>Most elements of a table.</summary>
    public const int MaxTableElements = 9_999;

    private readonly bool _hasLostDirectory;

    /// <summary>The one that the application's environment is for its guests.</summary>
    /// <param name="hostApi">What its processes may call.</param>
    /// <param name="configuration">Limits and surroundings of its processes.</param>
    public LegacyEnvironment(HostApiLinker hostApi, ProcessConfiguration configuration)
    {
        HostApi = hostApi;
        Configuration = configuration;
    }

    private LegacyEnvironment(HostApiLinker hostApi, ProcessConfiguration configuration, bool hasLostDirectory)
    {
        HostApi = hostApi;
        Configuration = configuration with { LegacyEnvironment = this };
        _hasLostDirectory = hasLostDirectory;
    }

    /// <summary>What its processes may call.</summary>
    public HostApiLinker HostApi { get; }

    /// <summary>Limits and surroundings of its processes.</summary>
    public ProcessConfiguration Configuration { get; }

    /// <summary>The names of its processes.</summary>
    public VersionedRegistry Registry { get; } = new();

    /// <summary>Why nothing can be spawned in it; null if something can.</summary>
    public string? Refusal => _hasLostDirectory ? "No such file or directory (os error 2)" : null;

    /// <summary>One that a process makes; it gets nothing that the maker has not.</summary>
    public static LegacyEnvironment Make(LegacyEnvironment maker, ProcessConfiguration makersOwn, LegacyConfiguration wanted) => new(
        new HostApiLinker(maker.HostApi.Rights.Within(wanted.Prefixes), maker.HostApi.Application),
        new ProcessConfiguration
        {
            MaxMemory = wanted.MaxMemory,
            MaxFuelUnits = wanted.MaxFuelUnits,
            CanCompileModules = makersOwn.CanCompileModules,
            CanCreateConfigurations = makersOwn.CanCreateConfigurations,
            CanSpawnProcesses = makersOwn.CanSpawnProcesses,
            PreopenedDirectories = wanted.Directories,
        }.CappedBy(makersOwn),
        wanted.HasLostDirectory);
}
