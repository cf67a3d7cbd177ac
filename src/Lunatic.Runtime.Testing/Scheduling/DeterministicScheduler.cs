using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Testing.Tracing;

namespace Lunatic.Runtime.Testing.Scheduling;

/// <summary>
/// Runs processes on the thread that drives it, one slice at a time; which of those that are ready comes next, and for how long, is drawn from a seeded sequence. Blocking work is one of the
/// things that are ready. What comes from other threads while it is driven is noted: the run is not determined by its seed then.
/// </summary>
internal sealed partial class DeterministicScheduler : Scheduler
{
    private readonly DeterministicOptions _options;
    private readonly VirtualTimeProvider _time;
    private readonly SeededSequence _sequence;
    private readonly List<IRunnable> _ready = [];
    private readonly AutoResetEvent _arrived = new(initialState: false);
    private LunaticRuntimeOptions? _runtimeOptions;
    private int _driver;

    internal DeterministicScheduler(DeterministicOptions options, VirtualTimeProvider time)
    {
        _options = options;
        _time = time;
        _sequence = new SeededSequence(options.Seed, purpose: 1);
        Trace = new RunTrace(options.TraceCapacity);
        Faults = new FaultPlan(this, new SeededSequence(options.Seed, purpose: 2));
    }

    internal RunTrace Trace { get; }

    internal FaultPlan Faults { get; }

    /// <summary>Slices run so far.</summary>
    internal long Steps { get; private set; }

    /// <summary>Whether a thread runs processes.</summary>
    internal bool IsDriven => Volatile.Read(ref _driver) != 0;

    /// <summary>Whether the calling thread runs processes.</summary>
    internal bool IsDriver => Volatile.Read(ref _driver) == Environment.CurrentManagedThreadId;

    /// <summary>Where another thread first interfered, while the processes ran; null: none did.</summary>
    internal string? Interference { get; private set; }

    internal bool IsIdle
    {
        get
        {
            lock (_ready)
                return _ready.Count == 0;
        }
    }

    internal override int QueueLength
    {
        get
        {
            lock (_ready)
                return _ready.Count;
        }
    }

    // no thread pool: who waits goes on in the slice that completes the task, or in one of its own
    internal override TaskCreationOptions CompletionOptions => TaskCreationOptions.None;

    internal override bool CarriesMessages => true;

    /// <summary>Set when something was queued.</summary>
    internal WaitHandle Arrived => _arrived;

    /// <summary>The options of the runtime whose processes it runs.</summary>
    internal void Attach(LunaticRuntimeOptions options) => _runtimeOptions = options;

    /// <summary>The calling thread is going to run processes, until the result is disposed of.</summary>
    internal Driving Drive()
    {
        int thread = Environment.CurrentManagedThreadId;
        int other = Interlocked.CompareExchange(ref _driver, thread, 0);
        if (other == thread)
            throw new InvalidOperationException("The run is driven already: by this call, from a process or from the test's body. Await there instead.");
        if (other != 0)
            throw new InvalidOperationException("Another thread drives the run.");
        return new Driving(this, SynchronizationContext.Current);
    }

    internal override void Schedule(IRunnable item)
    {
        NoteInterference(item);
        lock (_ready)
            _ready.Add(item);
        _arrived.Set();
    }

    internal override void Resuming(ProcessBase process) => NoteInterference(process);

    internal override void Yield(IRunnable item) => Schedule(item);

    internal override void RunBlocking(Action work) => Schedule(new BlockingWork(this, work));

    internal override void RunReader(Action read) => RunBlocking(read);

    /// <summary>Has something done when some virtual time has gone by.</summary>
    internal void CallAfter(TimeSpan time, Action act)
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                act();
            },
            null, time, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Runs one slice of a process that is ready, or something else that is.</summary>
    /// <returns>False: nothing is.</returns>
    internal bool RunOne()
    {
        IRunnable item;
        lock (_ready)
        {
            if (_ready.Count == 0)
                return false;
            int chosen = _sequence.Next(_ready.Count);
            item = _ready[chosen];
            _ready[chosen] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }
        Steps++;
        if (item is ProcessBase process)
            RunSlice(process);
        else
            item.Run();
        return true;
    }

    /// <summary>Runs what is left: nothing accepted is lost.</summary>
    public override void Dispose()
    {
        while (RunOne())
        {
        }
    }

    // Guests are interrupted after 64 operations at least, C# bodies after a step: the logarithm is drawn, so that short slices are as likely as long ones.
    private void DrawSliceLength()
    {
        _runtimeOptions!.SliceFuel = Draw(6, _options.Runtime.SliceFuel);
        _runtimeOptions.SliceSteps = (int)Draw(0, _options.Runtime.SliceSteps);
    }

    private long Draw(int from, long limit)
    {
        int shift = from + _sequence.Next(Math.Max(1, (int)long.Log2(limit) - from));
        return Math.Min(limit, (1L << shift) + (long)(_sequence.Next() & ((1UL << shift) - 1)));
    }

    private void NoteInterference(object what)
    {
        if (_options.AllowOutsideWork || !IsDriven || IsDriver)
            return;
        lock (_ready)
            Interference ??= $"{what} was woken by another thread:{System.Environment.NewLine}{System.Environment.StackTrace}";
    }

    /// <summary>Says for how long a thread runs processes. Meanwhile no foreign context is in force, which would send continuations to the thread pool.</summary>
    internal readonly struct Driving : IDisposable
    {
        private readonly DeterministicScheduler _scheduler;
        private readonly SynchronizationContext? _outer;

        internal Driving(DeterministicScheduler scheduler, SynchronizationContext? outer)
        {
            _scheduler = scheduler;
            _outer = outer;
            SynchronizationContext.SetSynchronizationContext(null);
        }

        public void Dispose()
        {
            Volatile.Write(ref _scheduler._driver, 0);
            SynchronizationContext.SetSynchronizationContext(_outer);
        }
    }

    private sealed class BlockingWork(DeterministicScheduler scheduler, Action work) : IRunnable
    {
        public void Run()
        {
            scheduler.Note(TraceKind.Work);
            work();
        }

        public override string ToString() => "blocking work";
    }
}
