using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Timers;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Scheduling;

/// <summary>A thread that looks after the workers: it finds those that are stuck in one item and has others stand in for them, and fires timers when nobody else does.</summary>
internal sealed class WorkerMonitor
{
    private readonly WorkerScheduler _scheduler;
    private readonly TimerService _timers;
    private readonly ILogger _logger;
    private readonly TimeSpan _interval;
    private readonly int _maxSpares;
    private readonly Thread _thread;
    private readonly AutoResetEvent _workBegins = new(initialState: false);
    private uint[] _seenItems = [];
    private bool _dormant;
    private volatile bool _stopping;

    internal WorkerMonitor(WorkerScheduler scheduler, LunaticRuntimeOptions options, TimerService timers, ILogger logger)
    {
        _scheduler = scheduler;
        _timers = timers;
        _logger = logger;
        _interval = options.StuckAfter;
        _maxSpares = options.MaxSpareWorkers;
        _thread = new Thread(Loop) { IsBackground = true, Name = "lunatic worker monitor" };
    }

    internal void Start() => _thread.Start();

    internal void Stop()
    {
        _stopping = true;
        _workBegins.Set();
        _thread.Join();
    }

    /// <summary>A worker has been woken.</summary>
    internal void WorkBegins()
    {
        if (Volatile.Read(ref _dormant))
            _workBegins.Set();
    }

    private void Loop()
    {
        while (!_stopping)
        {
            // While all workers sleep there is nothing to look after. A worker that wakes leaves the idle count (a full fence) before it looks at the mark.
            Volatile.Write(ref _dormant, true);
            Interlocked.MemoryBarrier();
            bool idle = _scheduler.IsIdle;
            if (!idle)
                Volatile.Write(ref _dormant, false);
            _workBegins.WaitOne(idle ? Timeout.InfiniteTimeSpan : _interval);
            Volatile.Write(ref _dormant, false);
            if (_stopping)
                return;
            LookGuarded();
        }
    }

    private void LookGuarded()
    {
        try
        {
            _timers.AdvanceIfDue();
            Look();
        }
        catch (Exception exception)
        {
            // The application's clock, or no more threads to be had: the workers need this one all the more.
            Log.MonitorFailed(_logger, exception);
        }
    }

    // A worker that has been in the same item at two looks has been in it for the whole interval.
    private void Look()
    {
        Worker[] workers = _scheduler.Workers;
        if (_seenItems.Length < workers.Length)
            Array.Resize(ref _seenItems, workers.Length);
        int refused = 0;
        foreach (Worker worker in workers)
        {
            uint items = worker.Items;
            bool stuck = worker.Current is not null && items == _seenItems[worker.Number];
            _seenItems[worker.Number] = items;
            if (!stuck || worker.IsReplaced)
                continue;
            if (_scheduler.TryReplace(worker, _maxSpares))
                Log.WorkerStuck(_logger, worker.Number, workers.Count(candidate => candidate.IsReplaced));
            else
                refused++;
        }
        if (refused > 0)
            Log.NoSpareWorkers(_logger, refused, _maxSpares);
    }
}
