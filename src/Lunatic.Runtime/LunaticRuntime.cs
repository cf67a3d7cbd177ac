using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Application;
using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Timers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lunatic.Runtime;

/// <summary>Runs processes: owns the threads, the clock and the environments. Disposing it ends all of them.</summary>
public sealed partial class LunaticRuntime : IAsyncDisposable
{
    // under its own lock: the JIT compiles a concurrent dictionary of numbers anew in every process, which takes longer than many a guest runs
    private readonly Dictionary<long, LunaticEnvironment> _environments = [];
    private long _lastEnvironmentId;
    private int _processCount;
    private long _endedProcesses;
    private long _failedProcesses;
    private int _disposed;

    /// <summary>Creates a runtime and starts its threads.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="loggerFactory">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option has no sense, or a host function has a type that guests cannot pass or take.</exception>
    public LunaticRuntime(LunaticRuntimeOptions? options = null, ILoggerFactory? loggerFactory = null)
        : this(options, loggerFactory, new RuntimeParts())
    {
    }

    internal LunaticRuntime(LunaticRuntimeOptions? options, ILoggerFactory? loggerFactory, RuntimeParts parts)
    {
        Parts = parts;
        Options = (options ?? new LunaticRuntimeOptions()).CopyValidated();
        // before there are threads: what cannot be bound is the caller's error
        ApplicationFunctions = [.. Options.HostFunctions.Definitions.Select(static function => new ApplicationFunction(function.Namespace, function.Name, ApplicationFunctionBinder.Bind(function)))];
        Logger = new GuardedLogger((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(Log.Category));
        Timers = new TimerService(Options.TimeProvider, Options.Workers, Logger);
        Scheduler = parts.CreateScheduler(this);
        // queries may run for ever: files, names and compiling keep half of the threads
        DatabaseWork = new BoundedWork(Math.Max(1, Options.MaxBlockingThreads / 2), Scheduler.RunBlocking);
        _hostServices = new(CreateHostServices);
        _guestMemory = new(CreateGuestMemory);
        HostApi = ApplicationFunctions.IsEmpty ? HostApiLinker.Unrestricted : new HostApiLinker(new HostRights(NamespaceList.All()), ApplicationFunctions);
        // last: whoever listens may ask at once
        Metrics = new RuntimeMetrics(this);
    }

    /// <summary>The environments that have not been disposed of.</summary>
    public IReadOnlyCollection<LunaticEnvironment> Environments
    {
        get
        {
            lock (_environments)
                return _environments.Values.ToArray();
        }
    }

    /// <summary>Number of processes that exist in all environments.</summary>
    public int ProcessCount => Volatile.Read(ref _processCount);

    /// <summary>Whether the runtime has been, or is being, disposed of.</summary>
    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider => Options.TimeProvider;

    /// <summary>The runtime's own copy of its options. Not to be changed.</summary>
    internal LunaticRuntimeOptions Options { get; }

    /// <summary>What tests replace.</summary>
    internal RuntimeParts Parts { get; }

    internal ILogger Logger { get; }

    internal Scheduler Scheduler { get; }

    /// <summary>Where databases work.</summary>
    internal BoundedWork DatabaseWork { get; }

    internal TimerService Timers { get; }

    /// <summary>What the runtime tells of itself.</summary>
    internal RuntimeMetrics Metrics { get; }

    /// <summary>Creates an environment.</summary>
    /// <param name="options">What its processes may do and use; null for the defaults.</param>
    public LunaticEnvironment CreateEnvironment(EnvironmentOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var environment = new LunaticEnvironment(this, Interlocked.Increment(ref _lastEnvironmentId), options ?? new EnvironmentOptions());
        lock (_environments)
            _environments.Add(environment.Id, environment);
        return environment;
    }

    /// <summary>Finds a process that has not ended.</summary>
    public LunaticProcess? FindProcess(ProcessId id)
    {
        LunaticEnvironment? environment;
        lock (_environments)
            environment = _environments.GetValueOrDefault(id.EnvironmentId);
        return environment?.Find(id.LocalId);
    }

    /// <summary>Disposes of all environments, then stops the threads and the clock.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await Task.WhenAll(Environments.Select(environment => environment.DisposeAsync().AsTask())).ConfigureAwait(false);
        await CloseConnectionsAsync().ConfigureAwait(false);
        Scheduler.Dispose();
        Timers.Dispose();
        Metrics.Dispose();
        DisposeGuestParts();
    }

    internal void Forget(LunaticEnvironment environment)
    {
        lock (_environments)
            _environments.Remove(environment.Id);
    }

    internal bool TryCountIn()
    {
        if (Interlocked.Increment(ref _processCount) <= Options.MaxProcesses)
            return true;
        Interlocked.Decrement(ref _processCount);
        return false;
    }

    internal void CountOut(bool failed)
    {
        Interlocked.Increment(ref _endedProcesses);
        if (failed)
            Interlocked.Increment(ref _failedProcesses);
        Interlocked.Decrement(ref _processCount);
    }
}
