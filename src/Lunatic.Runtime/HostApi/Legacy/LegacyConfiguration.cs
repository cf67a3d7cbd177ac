using System.Collections.Immutable;
using Lunatic.Runtime.Configuration;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>A configuration that a guest builds for an environment. Immutable: it is replaced step by step.</summary>
/// <param name="MaxMemory">Most bytes of memory of each process.</param>
/// <param name="MaxFuelUnits">Most units of fuel of each process; 0 means no limit.</param>
internal sealed record LegacyConfiguration(long MaxMemory, long MaxFuelUnits)
{
    /// <summary>Prefixes of what may be called.</summary>
    public ImmutableArray<string> Prefixes { get; init; } = [];

    /// <summary>Directories for its processes.</summary>
    public ImmutableArray<DirectoryGrant> Directories { get; init; } = [];

    /// <summary>A directory that was allowed but cannot be opened: spawning fails.</summary>
    public bool HasLostDirectory { get; init; }
}
