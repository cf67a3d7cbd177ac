using Lunatic.Runtime.Mailboxes;
using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>What guests and C# processes have in common: identity, inbound signals, mailbox, relations, end.</summary>
/// <remarks>
/// <para>The state is one word, <c>_inbound</c>. The owner is the thread that runs the current slice; there is at most one.</para>
/// <list type="table">
/// <item><term>null</term><description>scheduled or running, nothing inbound (also the initial state: <see cref="Start"/> schedules a new process)</description></item>
/// <item><term>a chain</term><description>scheduled or running, with signals inbound, newest first</description></item>
/// <item><term><see cref="Sentinel.Parked"/></term><description>has nothing to do</description></item>
/// <item><term><see cref="Sentinel.Ended"/></term><description>over: no signal is accepted any more</description></item>
/// </list>
/// <para>
/// Transitions: null or chain → longer chain (<see cref="Post"/>, any thread); Parked → chain (<see cref="Post"/>; the thread that did it, and no other, schedules the process);
/// chain → null (<see cref="Drain"/>, owner); null → Parked (<see cref="TryPark"/>, owner, which then is no owner any more); null or chain → Ended (<see cref="Finish"/>, owner).
/// </para>
/// <para>
/// No wake-up is lost. Whatever may let a process go on (message, signal, timer, end of an outside operation) is first made visible and then posted. A post either finds the process
/// parked, and schedules it, or lands in the chain, and then the owner's compare-and-swap from null to Parked fails and it looks again at everything it waits for. All these steps
/// are interlocked operations on one word, so there is no third case. No wake-up is doubled: only one compare-and-swap can take the word away from Parked.
/// </para>
/// </remarks>
internal abstract partial class ProcessBase : LunaticProcess, IRunnable
{
    /// <summary>How often a slice may be repeated because mail came in while it was about to park, before others get their turn.</summary>
    private const int MaxRounds = 64;

    private Signal? _inbound;
    private MessageQueue _mailbox;
    private ExitReason? _ending;
    private readonly long _localId;

    /// <summary>Creates a process that is neither in the environment's table (<see cref="LunaticEnvironment.TryPublish"/>) nor scheduled (<see cref="Start"/>).</summary>
    /// <param name="environment">Where it is to live.</param>
    /// <param name="localId">Its number there.</param>
    /// <param name="parent">The process that spawns it; null: none does.</param>
    private protected ProcessBase(LunaticEnvironment environment, long localId, ProcessBase? parent = null)
    {
        Environment = environment;
        Bounds = environment.MailboxBounds;
        TakesMail = true;
        _localId = localId;
        _startedAfter = (uint)(environment.Runtime.Timers.NowToTell / StartedUnit);
        if (parent is not null)
            (_parentEnvironmentId, _parentLocalId) = ((uint)parent.Environment.Id, parent._localId);
    }

    /// <inheritdoc/>
    public sealed override LunaticEnvironment Environment { get; }

    /// <inheritdoc/>
    public sealed override ProcessId Id => new(Environment.Id, _localId);

    /// <summary>The part of the id that tells processes of an environment apart.</summary>
    public long LocalId => _localId;

    /// <summary>Bounds of the mailbox; null: none. Set before the process is published.</summary>
    internal MailboxBounds? Bounds { get; set; }

    /// <summary>Whether the environment's table knows the process.</summary>
    internal bool IsPublished { get; set; }

    /// <summary>Whether the process counts as one of its environment's.</summary>
    internal bool IsCounted { get; set; }

    /// <summary>Whether the registry may know the process.</summary>
    internal bool IsRegistered { get; set; }

    internal Scheduler Scheduler => Environment.Runtime.Scheduler;

    /// <summary>Whether the end is decided: the slice should return, nothing of the process runs after it. Owner only.</summary>
    protected internal bool IsEnding => _ending is not null;

    /// <summary>Schedules a new process for the first time.</summary>
    internal void Start()
    {
        ObserveStart();
        Scheduler.Started(this);
        Scheduler.Schedule(this);
    }

    /// <summary>Decides the end of the process; the first reason counts. Takes effect when the slice returns. Owner only.</summary>
    protected internal void End(ExitReason reason) => _ending ??= reason;

    /// <summary>
    /// Runs a part of the process. Called with all inbound signals applied. Must look anew at whatever the process waits for, since it is also called without need. Ends the process
    /// by <see cref="End"/>. An exception that escapes ends it as <see cref="ExitKind.Faulted"/>.
    /// </summary>
    protected abstract SliceOutcome RunSlice();

    /// <summary>Releases what the process holds: memory, frames, resources. Called once, after links and watchers were told. Owner only. Must not throw.</summary>
    protected abstract void Release(ExitReason reason);

    void IRunnable.Run()
    {
        if (Environment.Runtime.Metrics.Processes.MeasuresSlices)
            RunMeasured();
        else
            RunSlices();
    }

    private void RunSlices()
    {
        long counted = LastArrival;
        for (int round = 0; ; round++)
        {
            SliceOutcome outcome = RunSliceGuarded();
            if (_ending is not null)
            {
                Finish(_ending);
                CountDelivered(ref counted);
                return;
            }
            // before it is parked: then it may run elsewhere
            CountDelivered(ref counted);
            if (outcome is SliceOutcome.Yield || round == MaxRounds)
            {
                Scheduler.Yield(this);
                return;
            }
            if (TryPark())
                return;
        }
    }

    private SliceOutcome RunSliceGuarded()
    {
        try
        {
            Drain();
            return _ending is null ? RunSlice() : SliceOutcome.Waiting;
        }
        catch (Exception exception)
        {
            // Whatever goes wrong in a slice is the end of this process only: its links and watchers must hear of it like of any other.
            End(ExitReason.Faulted(exception));
            return SliceOutcome.Waiting;
        }
    }
}
