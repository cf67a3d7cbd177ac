using System.Collections.Immutable;
using Lunatic.Runtime.Inspection;

namespace Lunatic.Runtime.Scheduling;

/// <summary>Decides which process runs when and on which thread. Every accepted item is run exactly once.</summary>
internal abstract class Scheduler : IDisposable
{
    private long _delivered;

    /// <summary>What is queued and waits for a thread; approximate.</summary>
    internal abstract int QueueLength { get; }

    /// <summary>Threads that are stuck in one item, so that others stand in for them.</summary>
    internal virtual int StuckWorkers => 0;

    /// <summary>The worker threads at the moment; empty where there are none.</summary>
    internal virtual ImmutableArray<WorkerStatistics> WorkerStatistics => [];

    /// <summary>Messages that have reached mailboxes; approximate.</summary>
    internal virtual long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Whether an item is being run at the moment, as far as the threads know it; approximate.</summary>
    internal virtual bool IsRunning(IRunnable item) => false;

    /// <summary>Messages have reached a mailbox. On the thread that runs the process.</summary>
    internal virtual void CountDelivered(long messages) => Interlocked.Add(ref _delivered, messages);

    /// <summary>Queues what was woken: soon, and best on the thread that woke it. Any thread.</summary>
    internal abstract void Schedule(IRunnable item);

    /// <summary>Queues what used up its slice: behind all others. Any thread.</summary>
    internal abstract void Yield(IRunnable item);

    /// <summary>
    /// Says that something more was posted to a scheduled process. If it waits for the calling thread alone, it is given to the others: its waker is not about to wait for it. Any thread.
    /// </summary>
    internal virtual void MoreMailFor(IRunnable item)
    {
    }

    /// <summary>Runs work that cannot be preempted (compiling, files, name resolution) where it delays no process. It throws nothing. Any thread.</summary>
    internal abstract void RunBlocking(Action work);

    /// <summary>Stops the threads when they have finished their current slices. What comes later runs on the thread pool, so that nothing accepted is lost.</summary>
    public abstract void Dispose();
}
