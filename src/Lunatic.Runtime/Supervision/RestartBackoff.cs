namespace Lunatic.Runtime.Supervision;

/// <summary>How long a supervisor waits before it restarts a child. Attempts count from 1, anew when the child has run for the supervisor's restart period.</summary>
public sealed class RestartBackoff
{
    private readonly Func<int, TimeSpan> _delay;

    private RestartBackoff(Func<int, TimeSpan> delay) => _delay = delay;

    /// <summary>Restarts at once. The default.</summary>
    public static RestartBackoff None { get; } = new(static _ => TimeSpan.Zero);

    /// <summary>The same time before each attempt.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static RestartBackoff Constant(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new RestartBackoff(_ => delay);
    }

    /// <summary>A time that grows with each attempt.</summary>
    /// <param name="initial">Before the first attempt; not negative.</param>
    /// <param name="maximum">It grows to this; at least <paramref name="initial"/>.</param>
    /// <param name="factor">What it is multiplied by; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static RestartBackoff Exponential(TimeSpan initial, TimeSpan maximum, double factor = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(initial, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, initial);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        return new RestartBackoff(attempt => TimeSpan.FromTicks((long)Math.Min(maximum.Ticks, initial.Ticks * Math.Pow(factor, attempt - 1))));
    }

    /// <summary>A time that the application computes from the number of the attempt, for example with jitter.</summary>
    /// <param name="delay">Called by the supervisor; a negative time, or an exception, ends the supervisor.</param>
    public static RestartBackoff Custom(Func<int, TimeSpan> delay)
    {
        ArgumentNullException.ThrowIfNull(delay);
        return new RestartBackoff(delay);
    }

    /// <summary>The time before an attempt.</summary>
    /// <param name="attempt">Its number, from 1.</param>
    public TimeSpan DelayOf(int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        return _delay(attempt);
    }
}
