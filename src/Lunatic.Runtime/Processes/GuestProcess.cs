using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Processes;

/// <summary>
/// A process that runs WebAssembly. Its life: instantiated by whoever spawns it (memory, tables, segments), then in its own slices the module's start
/// function, then the entry function. While a host function waits, <see cref="PendingOperation"/> says for what.
/// </summary>
internal sealed partial class GuestProcess : ProcessBase
{
    private readonly GuestEntry _entry;
    private WasmInstance? _instance;
    private PendingOperation? _pending;
    private GuestStage _stage;
    private long _fuelUsed;

    private GuestProcess(LunaticEnvironment environment, long localId, LaunchPlan plan, GuestEntry entry, ProcessBase? parent)
        : base(environment, localId, parent)
    {
        Plan = plan;
        _entry = entry;
        Store = new WasmStore(plan.StoreOptions)
        {
            SuspendAtEverySite = environment.Runtime.SuspendedAtSite is not null,
            TierSwitches = environment.Runtime.TierSwitches?.Invoke(),
        };
        Context = new ProcessContext(this, environment.Runtime.HostServices, Store.Caller);
        Store.State = Context;
    }

    /// <summary>What the process was made from.</summary>
    public LaunchPlan Plan { get; }

    /// <summary>What host functions see of the process.</summary>
    public ProcessContext Context { get; }

    /// <summary>The guest.</summary>
    public WasmStore Store { get; }

    /// <summary>Whether the module's start function still runs: the process is in no table and may not spawn.</summary>
    public bool IsStarting => _stage is GuestStage.Start;

    /// <summary>What the guest's host function waits for; null when none does.</summary>
    public PendingOperation? Pending => _pending;

    /// <summary>The records of the waits that are plain data, used again and again.</summary>
    public ReceiveOperation Receiving => field ??= new ReceiveOperation();

    /// <inheritdoc cref="Receiving"/>
    public SleepOperation Sleeping => field ??= new SleepOperation();

    /// <summary>Wakes the process when the start of a child is over.</summary>
    public Action<GuestLaunch> WakeOnLaunch => field ??= _ => Wake();

    protected override SliceOutcome RunSlice()
    {
        if (_pending is not null)
        {
            if (!_pending.TryComplete(this))
                return Wait(_pending);
            _pending = null;
        }
        while (true)
        {
            ExecutionStatus status = Store.Resume(Environment.Runtime.Options.SliceFuel);
            CountFuel();
            switch (status)
            {
                case ExecutionStatus.Preempted:
                    Environment.Runtime.SuspendedAtSite?.Invoke(this);
                    return SliceOutcome.Yield;
                case ExecutionStatus.Waiting:
                    _pending = (PendingOperation)Store.Pending!;
                    return Wait(_pending);
                case ExecutionStatus.Completed when _stage is GuestStage.Start:
                    if (!TryEnterMain() || IsEnding)
                        return SliceOutcome.Waiting;
                    break;
                case ExecutionStatus.Completed:
                    End(ExitReason.Returned);
                    return SliceOutcome.Waiting;
                case ExecutionStatus.Exited:
                    End(ExitReason.Exited(Store.ExitCode));
                    return SliceOutcome.Waiting;
                default:
                    End(ReasonOf(Store.Trap!));
                    return SliceOutcome.Waiting;
            }
        }
    }

    protected override void InterruptSlice() => Store.Interrupt();

    protected override void Release(ExitReason reason)
    {
        try
        {
            _pending?.Abandon(this);
            _pending = null;
            GiveBackId();
            _launch?.Fail($"the module's start function did not return: {reason.Message}", reason.Exception, hadToWait: true);
            Context.Release();
        }
        finally
        {
            // memory goes back whatever else failed
            Store.Dispose();
        }
    }

    private void CountFuel()
    {
        long used = Store.FuelUsed;
        if (Environment.Runtime.Metrics.Processes.CountsFuel)
            Environment.Runtime.Metrics.Processes.FuelUsed(this, used - _fuelUsed);
        Volatile.Write(ref _fuelUsed, used);
    }

    private SliceOutcome Wait(PendingOperation pending)
    {
        // it is over at once (a sleep of 0 ms): the others' turn, then ours
        if (HasPassed(pending.Deadline))
            return SliceOutcome.Yield;
        WakeAt(pending.Deadline);
        return SliceOutcome.Waiting;
    }

    private static ExitReason ReasonOf(WasmTrap trap) =>
        trap.Reason is TrapReason.OutOfFuel ? ExitReason.OutOfFuel(trap.Message, StackOf(trap))
        : IsLackOfMemory(trap.Cause) ? ExitReason.OutOfMemory(trap.Message, StackOf(trap), trap.Cause)
        : ExitReason.Trapped(trap.Message, StackOf(trap), trap.Cause);

    // memory.grow answers -1; this is what a host function could not keep for the guest
    private static bool IsLackOfMemory(Exception? cause) => cause is OutOfMemoryException
        || (cause is LimitExceededException limit && limit.LimitName.EndsWith(nameof(LunaticRuntimeOptions.MaxCommittedBytes), StringComparison.Ordinal));
}
