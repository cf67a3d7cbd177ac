namespace Lunatic.Runtime.Scheduling;

/// <summary>Threads for work that cannot be preempted. They are made when needed, and end when there has been nothing to do for a while.</summary>
internal sealed class BlockingPool : IDisposable
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    private readonly int _maxThreads;
    private readonly object _lock = new();
    private readonly Queue<Action> _work = new();
    private int _threads;
    private int _idle;
    private bool _stopping;

    internal BlockingPool(int maxThreads) => _maxThreads = maxThreads;

    /// <summary>Runs work, after what was queued before. After disposal it runs on the thread pool: somebody may wait for it.</summary>
    internal void Run(Action work)
    {
        lock (_lock)
        {
            if (_stopping)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static work => work(), work, preferLocal: false);
                return;
            }
            _work.Enqueue(work);
            if (_idle >= _work.Count)
            {
                Monitor.Pulse(_lock);
                return;
            }
            if (_threads == _maxThreads)
                return;
            _threads++;
        }
        new Thread(Loop) { IsBackground = true, Name = "lunatic blocking work" }.Start();
    }

    /// <summary>Lets the threads end when the queued work is done; does not wait for them.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _stopping = true;
            Monitor.PulseAll(_lock);
        }
    }

    private void Loop()
    {
        while (TakeWork() is { } work)
            work();
    }

    private Action? TakeWork()
    {
        lock (_lock)
        {
            while (_work.Count == 0)
            {
                _idle++;
                bool pulsed = !_stopping && Monitor.Wait(_lock, KeepAlive);
                _idle--;
                if (!pulsed && _work.Count == 0)
                {
                    _threads--;
                    return null;
                }
            }
            return _work.Dequeue();
        }
    }
}
