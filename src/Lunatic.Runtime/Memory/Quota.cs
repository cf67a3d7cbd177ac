namespace Lunatic.Runtime.Memory;

/// <summary>A counter with a limit that is never overshot: what is taken by threads at the same time is at most the limit together.</summary>
/// <param name="limit">How many units (bytes, mappings) may be taken at one time; 0 or more.</param>
internal sealed class Quota(long limit)
{
    private long _used;

    public long Limit { get; } = limit >= 0 ? limit : throw new ArgumentOutOfRangeException(nameof(limit));

    public long Used => Volatile.Read(ref _used);

    /// <summary>Takes so many units, or none when that many are not left.</summary>
    public bool TryTake(long units)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        long used = Volatile.Read(ref _used);
        while (units <= Limit - used)
        {
            long seen = Interlocked.CompareExchange(ref _used, used + units, used);
            if (seen == used)
                return true;
            used = seen;
        }
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(long units)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        if (Interlocked.Add(ref _used, -units) < 0)
            throw new InvalidOperationException("more was returned to a quota than had been taken from it");
    }
}
