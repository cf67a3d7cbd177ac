using System.Collections.Immutable;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>The last minutes of a runtime, for the plots: one sample per interval, whether somebody looks or not, so that whoever comes after something happened still sees it.</summary>
internal sealed class DashboardHistory : IDisposable
{
    /// <summary>Samples that are kept.</summary>
    internal const int Capacity = 150;

    private readonly LunaticRuntime _runtime;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Queue<DashboardSample> _samples = new(Capacity);
    private readonly ITimer? _timer;
    private readonly TimeSpan _leastDistance;
    private long _lastNumber;
    private long _takenAt;

    internal DashboardHistory(LunaticRuntime runtime, TimeProvider time, TimeSpan interval)
    {
        _runtime = runtime;
        _time = time;
        _leastDistance = interval / 2;
        StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        Take();
        _timer = time.CreateTimer(static history => ((DashboardHistory)history!).Take(), this, interval, interval);
    }

    /// <summary>When the history began, in milliseconds since 1970: tells one run of the application from the next.</summary>
    internal long StartedAt { get; }

    /// <summary>The samples after a given one; all of them after one that does not exist.</summary>
    internal ImmutableArray<DashboardSample> After(long number)
    {
        lock (_lock)
            return number > _lastNumber ? [.. _samples] : [.. _samples.Where(sample => sample.Number > number)];
    }

    public void Dispose() => _timer?.Dispose();

    private void Take()
    {
        // the application may have been disposed of without having been stopped
        if (_runtime.IsDisposed)
        {
            _timer?.Dispose();
            return;
        }
        // a timer that was late catches up: a second look right behind the first would make rates of next to nothing
        long now = _time.GetTimestamp();
        if (_lastNumber > 0 && _time.GetElapsedTime(_takenAt, now) < _leastDistance)
            return;
        _takenAt = now;
        RuntimeStatistics statistics = _runtime.GetStatistics();
        long managed = GC.GetTotalMemory(forceFullCollection: false);
        lock (_lock)
        {
            if (_samples.Count == Capacity)
                _samples.Dequeue();
            _samples.Enqueue(new DashboardSample(++_lastNumber, _time.GetUtcNow().ToUnixTimeMilliseconds(), statistics, managed));
        }
    }
}
