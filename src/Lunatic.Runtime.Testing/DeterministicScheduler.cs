using Lunatic.Runtime.Scheduling;

namespace Lunatic.Runtime.Testing;

/// <summary>Runs processes on the thread that drives it, one slice at a time; which of those that are ready comes next is drawn from a seeded random sequence.</summary>
internal sealed class DeterministicScheduler(int seed) : Scheduler
{
    private readonly Random _random = new(seed);
    private readonly List<IRunnable> _ready = [];
    private readonly AutoResetEvent _arrived = new(initialState: false);

    /// <summary>Slices run so far.</summary>
    internal long Steps { get; private set; }

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

    /// <summary>Set when something was queued.</summary>
    internal WaitHandle Arrived => _arrived;

    internal override void Schedule(IRunnable item)
    {
        lock (_ready)
            _ready.Add(item);
        _arrived.Set();
    }

    internal override void Yield(IRunnable item) => Schedule(item);

    internal override void RunBlocking(Action work) => Schedule(new BlockingWork(work));

    /// <summary>Runs one slice of a process that is ready.</summary>
    /// <returns>False: none is.</returns>
    internal bool RunOne()
    {
        IRunnable item;
        lock (_ready)
        {
            if (_ready.Count == 0)
                return false;
            int chosen = _random.Next(_ready.Count);
            item = _ready[chosen];
            _ready[chosen] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }
        Steps++;
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

    private sealed class BlockingWork(Action work) : IRunnable
    {
        public void Run() => work();
    }
}
