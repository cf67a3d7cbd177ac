using Lunatic.Runtime.Inspection;

namespace Lunatic.Runtime.Scheduling;

/// <summary>A thread that runs processes, with its queue and a slot for the one that was just woken.</summary>
internal sealed class Worker
{
    /// <summary>How many items in a row may come from the slot: two processes that wake each other must not starve the queue.</summary>
    private const int MaxSlotRuns = 64;

    /// <summary>How often the queue of items from outside is looked at first, in items. A prime, so that it does not fall in step with the load.</summary>
    private const int InjectedInterval = 61;

    private readonly WorkerScheduler _scheduler;
    private readonly RunQueue _queue = new();
    private readonly Thread _thread;
    private IRunnable? _slot;
    private int _slotRuns;
    private uint _items;
    private IRunnable? _current;
    private long _delivered;
    private int _replaced;

    internal Worker(WorkerScheduler scheduler, int number, bool isSpare)
    {
        _scheduler = scheduler;
        Number = number;
        IsSpare = isSpare;
        _thread = new Thread(Loop) { IsBackground = true, Name = isSpare ? $"lunatic spare worker {number}" : $"lunatic worker {number}" };
    }

    internal int Number { get; }

    /// <summary>Whether the worker stands in for one that is stuck, and goes back to rest when that is free again.</summary>
    internal bool IsSpare { get; }

    internal RunQueue Queue => _queue;

    /// <summary>Items that wait here, in queue and slot.</summary>
    internal int QueueLength => _queue.Count + (Volatile.Read(ref _slot) is null ? 0 : 1);

    /// <summary>Number of items started; changes while the worker makes progress.</summary>
    internal uint Items => Volatile.Read(ref _items);

    /// <summary>What is being run; null: nothing.</summary>
    internal IRunnable? Current => Volatile.Read(ref _current);

    /// <summary>Messages that have reached the mailboxes of processes that ran here.</summary>
    internal long Delivered => Volatile.Read(ref _delivered);

    /// <summary>Whether a spare worker stands in for this one.</summary>
    internal bool IsReplaced => Volatile.Read(ref _replaced) != 0;

    internal bool Belongs(WorkerScheduler scheduler) => _scheduler == scheduler;

    internal WorkerStatistics GetStatistics() => new(Number, IsSpare, Current is not null, IsReplaced, QueueLength, Items);

    internal void Start() => _thread.Start();

    /// <summary>Messages have reached a mailbox. On the worker's thread.</summary>
    internal void CountDelivered(long messages) => Volatile.Write(ref _delivered, _delivered + messages);

    /// <summary>Waits for the thread's end; false: it is stuck (or the caller is that thread).</summary>
    internal bool Join(TimeSpan timeout) => _thread == Thread.CurrentThread || _thread.Join(timeout);

    internal void MarkReplaced() => Volatile.Write(ref _replaced, 1);

    /// <summary>Takes what waits in the slot. Any thread.</summary>
    internal IRunnable? TakeSlot() => Volatile.Read(ref _slot) is null ? null : Interlocked.Exchange(ref _slot, null);

    /// <summary>Puts an item into the slot; what was there goes to the queue. On the worker's thread.</summary>
    internal void PushSlot(IRunnable item)
    {
        if (Interlocked.Exchange(ref _slot, item) is { } displaced)
            Push(displaced);
    }

    /// <summary>Puts an item behind all others of this worker. On the worker's thread.</summary>
    internal void Push(IRunnable item)
    {
        if (!_queue.TryAdd(item))
            Overflow(item);
        _scheduler.WakeOne();
    }

    /// <summary>If an item waits in the slot, makes it available to all workers. On the worker's thread.</summary>
    internal void GiveAway(IRunnable item)
    {
        if (Volatile.Read(ref _slot) == item && Interlocked.CompareExchange(ref _slot, null, item) == item)
            Push(item);
    }

    /// <summary>Gives everything that waits here to the others.</summary>
    internal void HandOver()
    {
        if (TakeSlot() is { } item)
            _scheduler.Inject(item);
        while (_queue.TryTake() is { } queued)
            _scheduler.Inject(queued);
    }

    private void Overflow(IRunnable item)
    {
        for (int i = 0; i < RunQueue.Capacity / 2 && _queue.TryTake() is { } oldest; i++)
            _scheduler.Inject(oldest);
        if (!_queue.TryAdd(item))
            _scheduler.Inject(item);
    }

    private void Loop()
    {
        WorkerScheduler.Current = this;
        while (_scheduler.Next(this) is { } item)
        {
            _items++;
            Volatile.Write(ref _current, item);
            item.Run();
            Volatile.Write(ref _current, null);
            if (_replaced != 0)
            {
                _replaced = 0;
                _scheduler.Recovered();
            }
        }
        HandOver();
        WorkerScheduler.Current = null;
    }

    /// <summary>The next item of this worker's own, or injected from outside. On the worker's thread.</summary>
    internal IRunnable? TakeOwn()
    {
        if (_items % InjectedInterval == 0 && _scheduler.TakeInjected() is { } injected)
            return injected;
        if (TakeSlot() is { } woken)
        {
            if (++_slotRuns <= MaxSlotRuns || _queue.TryTake() is not { } waiting)
                return woken;
            _slotRuns = 0;
            Push(woken);
            return waiting;
        }
        _slotRuns = 0;
        return _queue.TryTake() ?? _scheduler.TakeInjected();
    }
}
