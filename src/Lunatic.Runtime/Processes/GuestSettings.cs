using System.Runtime.CompilerServices;
using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Legacy;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Processes;

/// <summary>What the guests of an environment have in common: host API, limits, memory, the configuration of those that the host spawns.</summary>
internal sealed class GuestSettings
{
    private const long FuelPerUnit = 100_000;

    private readonly EnvironmentOptions _options;
    private readonly WasmMemoryAllocator _memory;
    private readonly WasmExecutionMode _mode;
    private readonly ProcessConfiguration _root;
    private readonly WasmStoreOptions _rootStore;
    private readonly StandardStreams _streams;
    private readonly ConditionalWeakTable<LunaticModule, LaunchPlan> _rootPlans = [];

    public GuestSettings(LunaticRuntime runtime, EnvironmentOptions options)
    {
        _options = options;
        WasmMemoryAllocator memory = runtime.GuestMemory.CreateAllocator(options.MaxCommittedBytes ?? long.MaxValue);
        _memory = runtime.Parts.Memory?.Invoke(memory) ?? memory;
        _mode = EngineMode(runtime.Options.ExecutionMode);
        _root = ProcessConfiguration.Root(options);
        _rootStore = StoreOptionsFor(_root);
        _streams = StandardStreams.Of(options);
        HostApi = options.AllowedNamespaces.AllowsAll ? runtime.HostApi : new HostApiLinker(new HostRights(options.AllowedNamespaces), runtime.ApplicationFunctions);
        Legacy = new LegacyEnvironment(HostApi, _root);
    }

    /// <summary>The host API as far as the environment allows it.</summary>
    public HostApiLinker HostApi { get; }

    /// <summary>The environment, as guests of the old generation know it.</summary>
    public LegacyEnvironment Legacy { get; }

    /// <summary>What a process is made from that the host spawns.</summary>
    public LaunchPlan RootPlan(LunaticModule module) =>
        _rootPlans.GetValue(module, module => new LaunchPlan(module, HostApi.Link(module), _root, _rootStore, _streams));

    /// <summary>The limits of a configuration, as the engine takes them.</summary>
    public WasmStoreOptions StoreOptionsFor(ProcessConfiguration configuration) => new()
    {
        MaxMemoryBytes = configuration.MaxMemory,
        MaxFuel = configuration.MaxFuelUnits is 0 or > long.MaxValue / FuelPerUnit ? null : configuration.MaxFuelUnits * FuelPerUnit,
        MaxFrameBytes = _options.MaxFrameBytes,
        MaxTableElements = configuration.LegacyEnvironment is null ? _options.MaxTableElements : Math.Min(_options.MaxTableElements, LegacyEnvironment.MaxTableElements),
        MemoryAllocator = _memory,
        ExecutionMode = _mode,
    };

    private static WasmExecutionMode EngineMode(ExecutionMode mode) => mode switch
    {
        ExecutionMode.Interpreted => WasmExecutionMode.Interpreted,
        ExecutionMode.Compiled => WasmExecutionMode.Compiled,
        ExecutionMode.Tiered => WasmExecutionMode.Tiered,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };
}
