namespace Lunatic.Runtime.Networking;

/// <summary>What all sockets of a runtime have in common: they are counted, and what closes in the background can be waited for.</summary>
/// <param name="time">The clock.</param>
/// <param name="runBlocking">Where calls run that block a thread: looking names up.</param>
/// <param name="whole">That of the runtime, of which this is the part of an environment; null: this is the runtime's.</param>
/// <param name="maxSockets">Most sockets at the same time.</param>
internal sealed class NetworkServices(TimeProvider time, Action<Action> runBlocking, NetworkServices? whole = null, int maxSockets = int.MaxValue)
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

    /// <summary>Why no socket can be opened now; null: one can. Processes that ask at the same time may go beyond the limit by one each.</summary>
    public string? Refusal => OpenSockets < maxSockets ? null : $"the environment has {maxSockets} sockets open, which is the most it may ({nameof(EnvironmentOptions.MaxSockets)})";

    /// <summary>The part of an environment, whose sockets count here, too.</summary>
    public NetworkServices ForEnvironment(int maxSockets) => new(time, runBlocking, this, maxSockets);

    /// <summary>Runs what blocks a thread.</summary>
    public void RunBlocking(Action work) => runBlocking(work);

    /// <summary>Counts a socket that was opened.</summary>
    public void Opened()
    {
        Interlocked.Increment(ref _openSockets);
        whole?.Opened();
    }

    /// <summary>Counts a socket that was closed.</summary>
    public void Closed()
    {
        Interlocked.Decrement(ref _openSockets);
        whole?.Closed();
    }

    /// <summary>Watches over work in the background that ends by itself, in bounded time, and does not throw.</summary>
    public void Track(Task work)
    {
        if (work.IsCompleted)
            return;
        if (whole is not null)
        {
            whole.Track(work);
            return;
        }
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
