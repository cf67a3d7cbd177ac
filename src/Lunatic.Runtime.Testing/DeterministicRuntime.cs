using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Testing.Faults;
using Lunatic.Runtime.Testing.Scheduling;

namespace Lunatic.Runtime.Testing;

/// <summary>
/// A runtime whose processes run only while the test drives it: on the test's thread, in an order drawn from a seed, with a clock that stands still until nothing can go on. The same seed
/// gives the same run, and the same <see cref="Trace"/>.
/// </summary>
/// <remarks>
/// <see cref="RunAsync(int, Func{DeterministicRuntime, Task}, DeterministicOptions?)"/> runs a whole test so, <see cref="ExploreAsync"/> runs it with many seeds. One that is made by the
/// constructor is driven step by step. It is driven by one thread at a time, and not from within.
/// </remarks>
public sealed partial class DeterministicRuntime : IAsyncDisposable
{
    private readonly DeterministicOptions _options;
    private readonly DeterministicScheduler _scheduler;

    /// <summary>Creates a runtime.</summary>
    /// <param name="seed">Determines all that is left to chance.</param>
    public DeterministicRuntime(int seed)
        : this(new DeterministicOptions { Seed = seed })
    {
    }

    /// <summary>Creates a runtime.</summary>
    /// <param name="options">How it works.</param>
    public DeterministicRuntime(DeterministicOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.CopyValidated();
        _options.Runtime = _options.Runtime.CopyValidated();
        _options.Runtime.TimeProvider = Time;
        _options.Runtime.Workers = 1;
        _scheduler = new DeterministicScheduler(_options, Time);
        Runtime = new LunaticRuntime(_options.Runtime, _options.LoggerFactory, PartsOf(_scheduler, _options));
        // its own copy: the length of slices changes all the time
        _scheduler.Attach(Runtime.Options);
    }

    /// <summary>The seed of the run.</summary>
    public int Seed => _options.Seed;

    /// <summary>The runtime.</summary>
    public LunaticRuntime Runtime { get; }

    /// <summary>The runtime's clock. To move it use <see cref="Advance"/> or <see cref="DelayAsync"/>, which run the processes too.</summary>
    public VirtualTimeProvider Time { get; } = new();

    /// <summary>What happened so far.</summary>
    public RunTrace Trace => _scheduler.Trace;

    /// <summary>What goes wrong, and when.</summary>
    public FaultPlan Faults => _scheduler.Faults;

    /// <summary>Random numbers of the seed, for the test's own use.</summary>
    public Random Random => field ??= new Random(Seed);

    /// <summary>Slices run so far: equal for equal runs.</summary>
    public long Steps => _scheduler.Steps;

    /// <summary>Whether all processes wait.</summary>
    public bool IsIdle => _scheduler.IsIdle;

    /// <summary>Creates an environment; see <see cref="LunaticRuntime.CreateEnvironment"/>.</summary>
    /// <param name="options">What its processes may do and use; null for the defaults, with an empty standard input.</param>
    public LunaticEnvironment CreateEnvironment(EnvironmentOptions? options = null) => Runtime.CreateEnvironment(options ?? new EnvironmentOptions { StandardInput = Stream.Null });

    /// <summary>Compiles a module, binary or text, at once. A module may be used by any number of runs, so tests compile theirs once, before they explore seeds.</summary>
    /// <param name="module">The whole module. It is kept, so it must not change any more.</param>
    /// <inheritdoc cref="LunaticRuntime.CompileAsync(ReadOnlyMemory{byte}, CancellationToken)" path="/exception"/>
    public static LunaticModule Compile(ReadOnlyMemory<byte> module) => LunaticModule.Load(module);

    /// <summary>Makes a probe: a process of the test, which others can send messages to and which the test asks what came.</summary>
    /// <param name="environment">Where it lives.</param>
    /// <param name="name">Its name in failures and in the trace; it is not registered.</param>
    public Probe CreateProbe(LunaticEnvironment environment, string name = "probe") => new(this, environment, name);

    internal DeterministicScheduler Scheduler => _scheduler;

    internal DeterministicOptions Options => _options;

    private static RuntimeParts PartsOf(DeterministicScheduler scheduler, DeterministicOptions options) => new()
    {
        CreateScheduler = _ => scheduler,
        CreateRandom = () => new SeededSequence.Bytes(new SeededSequence(options.Seed, purpose: 3)),
        Memory = memory => new FaultingMemory(memory, scheduler.Faults),
        NetworkRefusal = options.AllowOutsideWork
            ? null
            : $"A deterministic run has no sockets: what they do does not follow from the seed. Let a C# process stand for the network, or set {nameof(DeterministicOptions)}.{nameof(DeterministicOptions.AllowOutsideWork)}.",
    };
}
