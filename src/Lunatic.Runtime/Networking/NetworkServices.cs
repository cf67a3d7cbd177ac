namespace Lunatic.Runtime.Networking;

/// <summary>What all sockets of a runtime have in common: they are counted, and what closes in the background can be waited for.</summary>
/// <param name="time">The clock.</param>
/// <param name="runBlocking">Where calls run that block a thread: looking names up.</param>
internal sealed class NetworkServices(TimeProvider time, Action<Action> runBlocking)
{
    /// <summary>How long a connection whose last holder is gone may take to send what was written.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private TaskCompletionSource? _drained;
    private int _closing;
    private int _openSockets;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Sockets that guests hold, or that are about to be closed.</summary>
    public int OpenSockets => Volatile.Read(ref _openSockets);

    /// <summary>Runs what blocks a thread.</summary>
    public void RunBlocking(Action work) => runBlocking(work);

    /// <summary>Counts a socket that was opened.</summary>
    public void Opened() => Interlocked.Increment(ref _openSockets);

    /// <summary>Counts a socket that was closed.</summary>
    public void Closed() => Interlocked.Decrement(ref _openSockets);

    /// <summary>Watches over work in the background that ends by itself, in bounded time, and does not throw.</summary>
    public void Track(Task work)
    {
        if (work.IsCompleted)
            return;
        lock (_lock)
            _closing++;
        work.ContinueWith(
            static (_, services) => ((NetworkServices)services!).WorkEnded(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Waits until nothing closes any more.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
            return _closing == 0 ? Task.CompletedTask : (_drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private void WorkEnded()
    {
        TaskCompletionSource? drained = null;
        lock (_lock)
        {
            if (--_closing == 0)
                (drained, _drained) = (_drained, null);
        }
        drained?.SetResult();
    }
}
