using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.Wasi;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Processes;

/// <summary>What a guest process is made from. Immutable: a process hands it on to children that get the same module and configuration.</summary>
/// <param name="Module">The module.</param>
/// <param name="Linked">The module, bound to the host API as far as the environment allows it.</param>
/// <param name="Configuration">Rights and surroundings.</param>
/// <param name="StoreOptions">The configuration's limits, as the engine takes them.</param>
/// <param name="Streams">Standard input, output and error.</param>
internal sealed record LaunchPlan(
    LunaticModule Module, WasmLinkedModule Linked, ProcessConfiguration Configuration, WasmStoreOptions StoreOptions, StandardStreams Streams)
{
    private WasiSurroundings? _surroundings;

    /// <summary>Arguments, variables and open directories, as WASI hands them out.</summary>
    /// <exception cref="IOException">A directory does not exist, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory may not be read.</exception>
    /// <exception cref="PlatformNotSupportedException">Directories are asked for where guests cannot be kept in them.</exception>
    public WasiSurroundings Surroundings => _surroundings ??= WasiSurroundings.Of(Configuration);

    /// <summary>A plan for a child: another module or configuration, the rest the same.</summary>
    public LaunchPlan For(LunaticEnvironment environment, LunaticModule module, ProcessConfiguration configuration) =>
        ReferenceEquals(module, Module) && ReferenceEquals(configuration, Configuration)
            ? this
            : this with
            {
                _surroundings = null,
                Module = module,
                Linked = (configuration.LegacyEnvironment?.HostApi ?? environment.Guests.HostApi).Link(module),
                Configuration = configuration,
                StoreOptions = environment.Guests.StoreOptionsFor(configuration),
            };
}
