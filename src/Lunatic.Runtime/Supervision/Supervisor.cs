using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Scheduling;

namespace Lunatic.Runtime.Supervision;

/// <summary>
/// Starts processes, restarts those that end, and stops them: a process whose children are guests, C# processes and other supervisors, as in Erlang/OTP. Made by
/// <see cref="LunaticEnvironment.SuperviseAsync"/>. All members can be used from any thread. Disposing stops it.
/// </summary>
public sealed partial class Supervisor : IAsyncDisposable
{
    private readonly SupervisorSpecification _specification;
    private readonly ConcurrentDictionary<string, ChildHandle> _children = new(StringComparer.Ordinal);
    private readonly Action? _startDecided;
    private readonly SupervisorLoop _loop;
    private readonly Scheduler _scheduler;
    private volatile bool _stopRequested;
    private long _lastOrder;

    private Supervisor(LunaticEnvironment environment, SupervisorSpecification specification, Action? startDecided)
    {
        _specification = specification;
        _startDecided = startDecided;
        _loop = new SupervisorLoop(this, specification);
        _scheduler = environment.Runtime.Scheduler;
        _started = new Completion<bool>(_scheduler);
        foreach (ChildSpecification child in specification.Children)
            NewChild(child);
        OwnProcess = environment.CreateSupervisor(Name, _loop.RunAsync);
    }

    /// <summary>The supervisor's name.</summary>
    public string Name => _specification.Name;

    /// <summary>The supervisor's own process. It takes no messages. Killing it kills all below it.</summary>
    public LunaticProcess Process => OwnProcess;

    /// <summary>Which children it restarts together.</summary>
    public RestartStrategy Strategy => _specification.Strategy;

    /// <summary>
    /// Completes when the supervisor has ended. <see cref="ExitKind.Returned"/>: it was stopped; <see cref="ExitKind.Faulted"/>: with <see cref="SupervisorGaveUpException"/> it gave up,
    /// with <see cref="ChildStartException"/> a child could not be started in the first place.
    /// </summary>
    public Task<ExitReason> Completion => OwnProcess.Completion;

    /// <summary>The children, in the order of their start.</summary>
    public IReadOnlyList<ChildHandle> Children => [.. _children.Values.OrderBy(child => child.Order)];

    /// <summary>The child of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ChildHandle this[string name] => TryGetChild(name, out ChildHandle? child) ? child : throw NoSuchChild(name);

    internal NativeProcess OwnProcess { get; }

    internal bool HasStarted { get; private set; }

    internal Exception? StartError { get; private set; }

    internal bool IsStopRequested => _stopRequested;

    /// <summary>Finds a child by its name.</summary>
    public bool TryGetChild(string name, [NotNullWhen(true)] out ChildHandle? child)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _children.TryGetValue(name, out child);
    }

    /// <summary>Stops the children, from the last to the first, and then the supervisor itself.</summary>
    /// <param name="cancellationToken">Gives up being graceful: the supervisor, and so all below it, is killed.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        RequestStop();
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static process => ((NativeProcess)process!).Kill(), OwnProcess);
        await Completion.ConfigureAwait(false);
    }

    /// <summary>Stops the supervisor.</summary>
    public ValueTask DisposeAsync() => new(StopAsync());

    /// <summary>The supervisor and all below it at this moment.</summary>
    public SupervisorSnapshot GetSnapshot() =>
        new(Name, OwnProcess.Id, _specification.Strategy, OwnProcess.EndReason, [.. Children.Select(child => child.GetSnapshot())]);

    /// <summary>For example <c>supervisor 'shop' (process 1.7)</c>.</summary>
    public override string ToString() => $"supervisor '{Name}' ({OwnProcess})";

    internal static Supervisor Create(LunaticEnvironment environment, SupervisorSpecification specification, Action? startDecided = null)
    {
        var supervisor = new Supervisor(environment, specification, startDecided);
        supervisor.OwnProcess.Completion.ContinueWith(
            static (_, supervisor) => ((Supervisor)supervisor!).Close(), supervisor, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return supervisor;
    }

    internal void Start() => OwnProcess.Start();

    internal void RequestStop()
    {
        _stopRequested = true;
        _loop.Wake();
    }

    internal void ReportStart(Exception? error)
    {
        StartError = error;
        HasStarted = error is null;
        _startDecided?.Invoke();
        if (error is null)
            _started.Succeed(true);
        else
            _started.Fail(error);
    }

    internal ChildHandle NewChild(ChildSpecification specification)
    {
        var child = new ChildHandle(specification, ++_lastOrder, _scheduler);
        return _children.TryAdd(child.Name, child) ? child : throw new ArgumentException($"Supervisor '{Name}' has a child named '{child.Name}' already.");
    }

    internal void Forget(ChildHandle child) => _children.TryRemove(child.Name, out _);

    internal KeyNotFoundException NoSuchChild(string name) => new($"Supervisor '{Name}' has no child named '{name}'.");
}
