using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Timers;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Scheduling;

/// <summary>Runs processes on permanent threads of its own, which steal from each other, with spare threads for those that are stuck.</summary>
/// <remarks>
/// No item is forgotten while a worker sleeps: who adds one makes it visible, then (full fence) looks whether somebody is idle and nobody is on the way already; who goes to sleep says
/// that it is idle (full fence), then looks at all queues once more. A worker that was woken clears the mark "on the way" (full fence) before it looks, and wakes the next if it finds something.
/// </remarks>
internal sealed class WorkerScheduler : Scheduler
{
    [ThreadStatic]
    private static Worker? _currentOnThread;

    private readonly ConcurrentQueue<IRunnable> _injected = new();
    private readonly SemaphoreSlim _wakeUps = new(0);
    private readonly SemaphoreSlim _spareWakeUps = new(0);
    private readonly BlockingPool _blocking;
    private readonly WorkerMonitor _monitor;
    private readonly Lock _spareLock = new();
    private Worker[] _workers;
    private int _idle;
    private int _onTheWay;
    private int _surplus;
    private int _restingSpares;
    private volatile bool _stopping;

    internal WorkerScheduler(LunaticRuntimeOptions options, TimerService timers, ILogger logger)
    {
        _blocking = new BlockingPool(options.MaxBlockingThreads);
        _workers = new Worker[options.Workers];
        for (int i = 0; i < _workers.Length; i++)
            _workers[i] = new Worker(this, i, isSpare: false);
        _monitor = new WorkerMonitor(this, options, timers, logger);
        foreach (Worker worker in _workers)
            worker.Start();
        _monitor.Start();
    }

    /// <summary>The worker that runs on this thread.</summary>
    internal static Worker? Current { get => _currentOnThread; set => _currentOnThread = value; }

    /// <summary>All workers, spare ones included.</summary>
    internal Worker[] Workers => Volatile.Read(ref _workers);

    /// <summary>Whether no worker has anything to do.</summary>
    internal bool IsIdle => Volatile.Read(ref _idle) >= Workers.Length - Volatile.Read(ref _restingSpares);

    internal override int QueueLength => _injected.Count + Workers.Sum(worker => worker.QueueLength);

    internal override int StuckWorkers => Workers.Count(worker => worker.IsReplaced);

    internal override ImmutableArray<WorkerStatistics> WorkerStatistics => [.. Workers.Select(static worker => worker.GetStatistics())];

    internal override long Delivered => base.Delivered + Workers.Sum(static worker => worker.Delivered);

    internal override bool IsRunning(IRunnable item) => Array.Exists(Workers, worker => worker.Current == item);

    internal override void CountDelivered(long messages)
    {
        if (_currentOnThread is { } worker && worker.Belongs(this))
            worker.CountDelivered(messages);
        else
            base.CountDelivered(messages);
    }

    internal override void Schedule(IRunnable item)
    {
        if (_currentOnThread is { } worker && worker.Belongs(this))
            worker.PushSlot(item);
        else
            Inject(item);
    }

    internal override void Yield(IRunnable item)
    {
        if (_currentOnThread is { } worker && worker.Belongs(this))
            worker.Push(item);
        else
            Inject(item);
    }

    internal override void MoreMailFor(IRunnable item) => _currentOnThread?.GiveAway(item);

    internal override void RunBlocking(Action work) => _blocking.Run(work);

    public override void Dispose()
    {
        _stopping = true;
        _monitor.Stop();
        Worker[] workers = Workers;
        _wakeUps.Release(workers.Length);
        _spareWakeUps.Release(workers.Length);
        _blocking.Dispose();
        // A worker that is stuck in an application's code cannot be waited for; its thread does not keep the application alive.
        foreach (Worker worker in workers)
            worker.Join(TimeSpan.FromSeconds(1));
        while (_injected.TryDequeue(out IRunnable? item))
            RunOnPool(item);
    }

    /// <summary>Queues an item for any worker.</summary>
    internal void Inject(IRunnable item)
    {
        if (_stopping)
        {
            RunOnPool(item);
            return;
        }
        _injected.Enqueue(item);
        WakeOne();
        // Stopped in between: the last look into the queue may have been before.
        if (_stopping && _injected.TryDequeue(out IRunnable? late))
            RunOnPool(late);
    }

    internal IRunnable? TakeInjected() => _injected.TryDequeue(out IRunnable? item) ? item : null;

    /// <summary>Wakes a worker, if one sleeps and none is on the way. After an item was made visible.</summary>
    internal void WakeOne()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _idle) > 0 && Volatile.Read(ref _onTheWay) == 0 && Interlocked.CompareExchange(ref _onTheWay, 1, 0) == 0)
            _wakeUps.Release();
    }

    /// <summary>The next item for a worker; sleeps while there is none. Null: the worker's thread is to end.</summary>
    internal IRunnable? Next(Worker worker)
    {
        while (!_stopping)
        {
            if (worker.IsSpare && TryRest(worker))
                continue;
            if ((worker.TakeOwn() ?? Steal(worker)) is { } item)
                return item;
            Interlocked.Increment(ref _idle);
            item = worker.TakeOwn() ?? Steal(worker);
            if (item is not null)
            {
                Interlocked.Decrement(ref _idle);
                return item;
            }
            _wakeUps.Wait();
            Interlocked.Decrement(ref _idle);
            Interlocked.Exchange(ref _onTheWay, 0);
            _monitor.WorkBegins();
            item = worker.TakeOwn() ?? Steal(worker);
            if (item is not null)
            {
                WakeOne();
                return item;
            }
        }
        return null;
    }

    /// <summary>A worker that a spare one stood in for is free again: one spare worker too many.</summary>
    internal void Recovered() => Interlocked.Increment(ref _surplus);

    /// <summary>Has a spare worker stand in for a stuck one.</summary>
    /// <returns>False: there are no more.</returns>
    internal bool TryReplace(Worker stuck, int maxSpares)
    {
        lock (_spareLock)
        {
            if (_stopping)
                return false;
            if (TakeBackSurplus())
            {
                // A spare that was about to rest goes on instead.
            }
            else if (_restingSpares > 0)
            {
                Interlocked.Decrement(ref _restingSpares);
                _spareWakeUps.Release();
            }
            else if (_workers.Count(worker => worker.IsSpare) < maxSpares)
            {
                var spare = new Worker(this, _workers.Length, isSpare: true);
                Volatile.Write(ref _workers, [.. _workers, spare]);
                spare.Start();
            }
            else
            {
                return false;
            }
        }
        stuck.MarkReplaced();
        stuck.HandOver();
        return true;
    }

    private bool TryRest(Worker spare)
    {
        if (Volatile.Read(ref _surplus) == 0 || !TakeBackSurplus())
            return false;
        spare.HandOver();
        Interlocked.Increment(ref _restingSpares);
        _spareWakeUps.Wait();
        return true;
    }

    private bool TakeBackSurplus()
    {
        int surplus = Volatile.Read(ref _surplus);
        while (surplus > 0)
        {
            int seen = Interlocked.CompareExchange(ref _surplus, surplus - 1, surplus);
            if (seen == surplus)
                return true;
            surplus = seen;
        }
        return false;
    }

    private IRunnable? Steal(Worker thief)
    {
        Worker[] workers = Workers;
        for (int i = 1; i < workers.Length; i++)
        {
            if (thief.Queue.TrySteal(workers[(thief.Number + i) % workers.Length].Queue) is { } item)
                return item;
        }
        return null;
    }

    private static void RunOnPool(IRunnable item) => ThreadPool.UnsafeQueueUserWorkItem(static item => item.Run(), item, preferLocal: false);
}
