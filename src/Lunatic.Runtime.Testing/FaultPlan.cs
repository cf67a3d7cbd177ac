using Lunatic.Runtime.Testing.Scheduling;

namespace Lunatic.Runtime.Testing;

/// <summary>
/// What goes wrong in a run, and when. Points are counted from the call on: the plan is best made before the processes are spawned. Each fault stands in the trace. Where several match, the first
/// that was planned happens.
/// </summary>
public sealed partial class FaultPlan
{
    private readonly DeterministicScheduler _scheduler;
    private readonly SeededSequence _sequence;
    private readonly List<MessageFault> _atMessages = [];
    private readonly List<ProcessFault> _atSlices = [];
    private readonly List<ProcessFault> _atSpawns = [];
    private readonly List<ProcessFault> _atRequests = [];
    private RandomFaults? _random;
    private int _randomLeft;

    internal FaultPlan(DeterministicScheduler scheduler, SeededSequence sequence) => (_scheduler, _sequence) = (scheduler, sequence);

    /// <summary>Faults injected so far.</summary>
    public int Injected { get; private set; }

    /// <summary>When a message is sent. Messages that a process sends itself do not count, nor does news of the runtime (of deaths).</summary>
    /// <param name="number">The how many-th of those that match, from 1.</param>
    /// <param name="to">Who would receive it.</param>
    /// <param name="from">Who sends it. The test itself and timers are among all processes only.</param>
    public MessageFault AtMessage(int number, ProcessFilter to = default, ProcessFilter from = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        var fault = new MessageFault(number, to, from);
        _atMessages.Add(fault);
        return fault;
    }

    /// <summary>When a process is about to run a slice.</summary>
    /// <param name="process">Which process; of several, their slices count together.</param>
    /// <param name="number">The how many-th slice from now on, from 1.</param>
    public ProcessFault AtSlice(ProcessFilter process, int number = 1) => Add(_atSlices, process, number);

    /// <summary>When a process is spawned, before it runs.</summary>
    /// <param name="number">The how many-th of those that match, from 1. Supervisors and probes are processes, too.</param>
    /// <param name="process">Which processes count. They have no name yet, unless they are spawned with one.</param>
    public ProcessFault AtSpawn(int number, ProcessFilter process = default) => Add(_atSpawns, process, number);

    /// <summary>At a virtual time.</summary>
    /// <param name="time">How much later than now.</param>
    /// <param name="process">Whom it happens to: all that match then.</param>
    public ProcessFault AtTime(TimeSpan time, ProcessFilter process)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var fault = new ProcessFault(process, 0);
        _scheduler.CallAfter(time, () => EndAll(fault));
        return fault;
    }

    /// <summary>Refuses a guest memory once, as if a limit were reached: <c>memory.grow</c> gives -1, spawning a guest fails.</summary>
    /// <param name="process">The guest that asks.</param>
    /// <param name="number">The how many-th time that it asks from now on, from 1.</param>
    public void RefuseMemory(ProcessFilter process, int number = 1) => Add(_atRequests, process, number);

    /// <summary>Draws faults from the seed from now on, besides those that are planned. Given again it replaces what was given before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not from 0 to 1, or a limit makes no sense.</exception>
    public void Randomly(RandomFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        _random = faults.CopyValidated();
        _randomLeft = _random.MaxFaults;
    }

    /// <summary>No random faults from now on: what was broken can come to rest.</summary>
    public void StopRandomly() => _random = null;

    private static ProcessFault Add(List<ProcessFault> faults, ProcessFilter process, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        var fault = new ProcessFault(process, number);
        faults.Add(fault);
        return fault;
    }
}
