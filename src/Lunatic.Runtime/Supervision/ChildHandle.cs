using Lunatic.Runtime.Scheduling;

namespace Lunatic.Runtime.Supervision;

/// <summary>A child of a supervisor: the same object across restarts of the child. All members can be used from any thread.</summary>
public sealed class ChildHandle
{
    private readonly Lock _lock = new();
    private ChildStatus _status = ChildStatus.New;
    private readonly Scheduler _scheduler;
    private Completion<bool>? _change;

    internal ChildHandle(ChildSpecification specification, long order, Scheduler scheduler) => (Specification, Order, _scheduler) = (specification, order, scheduler);

    /// <summary>The child's name, of its own among its siblings.</summary>
    public string Name => Specification.Name;

    /// <summary>What the child is.</summary>
    public ChildKind Kind => Specification.Kind;

    /// <summary>The process that the child has now; null while it has none. It may end, and be replaced, at any time.</summary>
    public LunaticProcess? Current => Status is { State: ChildState.Running or ChildState.Stopping } status ? status.Process : null;

    /// <summary>The supervisor that the child has now, if it is one; null while it has none.</summary>
    public Supervisor? Supervisor => Status is { State: ChildState.Running or ChildState.Stopping } status ? status.Supervisor : null;

    /// <summary>What the supervisor does with the child.</summary>
    public ChildState State => Status.State;

    /// <summary>How often the child was restarted.</summary>
    public int Restarts => Status.Restarts;

    /// <summary>How the child's process ended last, or why it could not be started; null: it never did.</summary>
    public ExitReason? LastExit => Status.LastExit;

    internal ChildSpecification Specification { get; }

    /// <summary>The child's place among its siblings.</summary>
    internal long Order { get; }

    internal ChildStatus Status
    {
        get => Volatile.Read(ref _status);
        set => Publish(value);
    }

    /// <summary>What the loop of the supervisor remembers of the child. Used by it only.</summary>
    internal ChildProgress Progress { get; } = new();

    /// <summary>Waits until the child has a process.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">The child is down and will not be restarted by its supervisor.</exception>
    public async Task<LunaticProcess> WaitUntilRunningAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                switch (_status.State)
                {
                    // of one that has just ended the supervisor will hear
                    case ChildState.Running when !_status.Process!.HasEnded:
                        return _status.Process;
                    case ChildState.Stopped or ChildState.Removed:
                        throw new InvalidOperationException($"Child '{Name}' is down and will not be restarted. Its last end: {_status.LastExit?.Message ?? "none"}.");
                }
                changed = (_change ??= new Completion<bool>(_scheduler)).Task;
            }
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The child at this moment.</summary>
    public ChildSnapshot GetSnapshot()
    {
        ChildStatus status = Status;
        return new ChildSnapshot(Name, Kind, status.State, status.Process?.Id, status.Restarts, status.LastExit, status.Supervisor?.GetSnapshot());
    }

    /// <summary>For example <c>child 'store' (Running)</c>.</summary>
    public override string ToString() => $"child '{Name}' ({State})";

    private void Publish(ChildStatus status)
    {
        Completion<bool>? change;
        lock (_lock)
        {
            Volatile.Write(ref _status, status);
            change = _change;
            _change = null;
        }
        change?.Succeed(true);
    }
}
