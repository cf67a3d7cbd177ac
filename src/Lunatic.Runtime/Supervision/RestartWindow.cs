namespace Lunatic.Runtime.Supervision;

/// <summary>Counts the restarts within the last period.</summary>
/// <param name="maxRestarts">How many there may be.</param>
/// <param name="period">The period, in milliseconds.</param>
internal sealed class RestartWindow(int maxRestarts, long period)
{
    private readonly Queue<long> _times = new();

    /// <summary>Counts a restart.</summary>
    /// <returns>False: it would be one too many.</returns>
    internal bool TryCount(long now)
    {
        while (_times.TryPeek(out long oldest) && now - oldest >= period)
            _times.Dequeue();
        if (_times.Count >= maxRestarts)
            return false;
        _times.Enqueue(now);
        return true;
    }
}
