using Lunatic.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Timers;

/// <summary>The timers of a runtime: a clock of milliseconds over a <see cref="TimeProvider"/>, and wheels in which many timers cost little.</summary>
/// <remarks>
/// One timer of the time provider is set for the earliest node of all wheels. Whoever calls <see cref="Advance"/> fires what is due: that timer, and the scheduler's monitor in case the
/// thread pool, which runs it, is full. No worker has to be free for it.
/// </remarks>
internal sealed class TimerService : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _start;
    private readonly TimerShard[] _shards;
    private readonly ITimer _timer;
    private readonly Lock _armLock = new();
    private long _armedFor = long.MaxValue;

    /// <summary>Creates the service.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="shards">Number of wheels; about the number of threads that use them.</param>
    /// <param name="logger">Where a clock that fails is told.</param>
    internal TimerService(TimeProvider time, int shards, ILogger logger)
    {
        _time = time;
        _logger = logger;
        _start = time.GetTimestamp();
        _shards = new TimerShard[shards];
        for (int i = 0; i < shards; i++)
            _shards[i] = new TimerShard();
        _timer = time.CreateTimer(static service => ((TimerService)service!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whole milliseconds since the service was created.</summary>
    internal long Now => _time.GetElapsedTime(_start).Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>The same for what is only told to people: 0 where the application's clock fails, which must keep nothing from running.</summary>
    internal long NowToTell
    {
        get
        {
            try
            {
                return Now;
            }
            catch (Exception exception)
            {
                Log.ClockFailed(_logger, exception);
                return 0;
            }
        }
    }

    /// <summary>Timers that are set.</summary>
    internal int Count => _shards.Sum(shard => shard.Count);

    /// <summary>The first millisecond at which some time has gone by; <see cref="ulong.MaxValue"/> and what the clock cannot hold never come.</summary>
    internal long DeadlineIn(ulong milliseconds) =>
        milliseconds > (ulong)TimeSpan.MaxValue.TotalMilliseconds / 2 ? long.MaxValue : DeadlineIn(new TimeSpan((long)milliseconds * TimeSpan.TicksPerMillisecond));

    /// <summary>The first millisecond at which some time has gone by; <see cref="Timeout.InfiniteTimeSpan"/> never comes.</summary>
    internal long DeadlineIn(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan)
            return long.MaxValue;
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        long elapsed = _time.GetElapsedTime(_start).Ticks;
        return time.Ticks > long.MaxValue - elapsed - TimeSpan.TicksPerMillisecond ? long.MaxValue : (elapsed + time.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
    }

    /// <summary>Sets a timer that is not set. Any thread, but one at a time per node.</summary>
    internal void Add(TimerNode node, long due)
    {
        _shards[(uint)Environment.CurrentManagedThreadId % (uint)_shards.Length].Add(node, due);
        // Pairs with the fence in Advance: either that sees the node, or this sees that nothing is armed.
        Interlocked.MemoryBarrier();
        if (due < Volatile.Read(ref _armedFor))
            ArmFor(due);
    }

    /// <summary>Stops a timer.</summary>
    /// <returns>False: it is not set; it may be firing just now.</returns>
    internal bool Cancel(TimerNode node) => node.Shard?.Remove(node) ?? false;

    /// <summary>Fires what is due. Any thread.</summary>
    internal void Advance()
    {
        lock (_armLock)
            _armedFor = long.MaxValue;
        Interlocked.MemoryBarrier();
        List<TimerNode> due = [];
        long now = Now;
        long next = long.MaxValue;
        foreach (TimerShard shard in _shards)
            next = Math.Min(next, shard.Advance(now, due));
        try
        {
            if (next != long.MaxValue)
                ArmFor(next);
        }
        finally
        {
            // what was taken out fires, whatever the clock does
            foreach (TimerNode node in due)
                node.Fire();
        }
    }

    /// <summary>Fires what is due, if something is: cheap when not. Any thread.</summary>
    internal void AdvanceIfDue()
    {
        if (Volatile.Read(ref _armedFor) <= Now)
            Advance();
    }

    /// <summary>Stops the clock. Timers that are still set are discarded.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        List<TimerNode> rest = [];
        foreach (TimerShard shard in _shards)
            shard.Clear(rest);
        foreach (TimerNode node in rest)
            node.Discard();
    }

    // The application's clock calls it, on a thread where an exception would end everything.
    private void Tick()
    {
        try
        {
            Advance();
        }
        catch (Exception exception)
        {
            Log.ClockFailed(_logger, exception);
        }
    }

    private void ArmFor(long due)
    {
        lock (_armLock)
        {
            if (due >= _armedFor)
                return;
            // The time provider may round: firing early only leads to another round.
            long wait = Math.Clamp((due * TimeSpan.TicksPerMillisecond) - _time.GetElapsedTime(_start).Ticks, 0, TimeSpan.TicksPerDay);
            _armedFor = due;
            try
            {
                _timer.Change(new TimeSpan(wait), Timeout.InfiniteTimeSpan);
            }
            catch (Exception)
            {
                // The application's clock refused: the next timer that is set tries again.
                _armedFor = long.MaxValue;
                throw;
            }
        }
    }
}
