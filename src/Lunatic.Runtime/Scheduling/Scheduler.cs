using System.Collections.Immutable;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Scheduling;

/// <summary>Decides which process runs when and on which thread. Every accepted item is run exactly once.</summary>
internal abstract class Scheduler : IDisposable
{
    private long _delivered;

    /// <summary>How those go on who wait for a task that the runtime completes: normally never on the thread that completes it.</summary>
    internal virtual TaskCreationOptions CompletionOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Whether messages go by <see cref="Send"/> instead of straight into the receiver's mailbox.</summary>
    internal virtual bool CarriesMessages => false;

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

    /// <summary>Reads from a stream of the host, which may block for as long as nobody types. It throws nothing. Any thread.</summary>
    internal virtual void RunReader(Action read) =>
        Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    /// <summary>A process is about to be scheduled for the first time.</summary>
    internal virtual void Started(ProcessBase process)
    {
    }

    /// <summary>A process has ended and released what it held.</summary>
    internal virtual void Ended(ProcessBase process, ExitReason reason)
    {
    }

    /// <summary>The body of a C# process is to go on after an await. Any thread.</summary>
    internal virtual void Resuming(ProcessBase process)
    {
    }

    /// <summary>Takes a message to its receiver (<see cref="ProcessBase.Accept"/>), if the scheduler <see cref="CarriesMessages"/>.</summary>
    /// <returns>What the sender is told: false, the receiver does not take it.</returns>
    internal virtual bool Send(ProcessBase receiver, Message message) => receiver.Accept(message);

    /// <summary>Stops the threads when they have finished their current slices. What comes later runs on the thread pool, so that nothing accepted is lost.</summary>
    public abstract void Dispose();
}
