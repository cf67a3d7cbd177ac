namespace Lunatic.Runtime.Scheduling;

/// <summary>Lets only so many pieces of work run at the same time; the others wait in the order of their arrival. So one kind of work leaves threads to the others.</summary>
/// <param name="max">Most pieces that run at the same time.</param>
/// <param name="run">Where they run.</param>
internal sealed class BoundedWork(int max, Action<Action> run)
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _waiting = new();
    private int _running;

    /// <summary>Runs work, when its turn comes. It throws nothing. Any thread.</summary>
    public void Run(Action work)
    {
        lock (_lock)
        {
            if (_running == max)
            {
                _waiting.Enqueue(work);
                return;
            }
            _running++;
        }
        Begin(work);
    }

    private void Begin(Action work) => run(() =>
    {
        work();
        Action? next;
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out next))
                _running--;
        }
        if (next is not null)
            Begin(next);
    });
}
