using Lunatic.Runtime.Testing.Tracing;

namespace Lunatic.Runtime.Testing;

/// <summary>
/// What happened in a run, an event a line: which process ran, who sent what to whom, who was spawned and ended, when the clock moved, which faults were injected. Runs of the same seed have the
/// same trace, byte for byte. Any thread.
/// </summary>
public sealed class RunTrace
{
    private readonly Lock _lock = new();
    private readonly int _capacity;
    private TraceEvent[] _events;
    private long _count;
    private bool _isFrozen;
    private ulong _fingerprint = 0xCBF29CE484222325;

    internal RunTrace(int capacity) => (_capacity, _events) = (capacity, new TraceEvent[Math.Min(64, capacity)]);

    /// <summary>How many events there were.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>A number made of all events so far: equal for equal runs, also where the trace does not keep all events.</summary>
    public ulong Fingerprint
    {
        get
        {
            lock (_lock)
                return _fingerprint;
        }
    }

    /// <summary>The last events, oldest first.</summary>
    /// <param name="count">How many at most. There are fewer if there were, or if the trace keeps fewer (<see cref="DeterministicOptions.TraceCapacity"/>).</param>
    public IReadOnlyList<string> Last(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_lock)
        {
            int kept = (int)Math.Min(Math.Min(_count, _events.Length), count);
            string[] lines = new string[kept];
            for (int i = 0; i < kept; i++)
                lines[i] = _events[(_count - kept + i) % _events.Length].ToString();
            return lines;
        }
    }

    /// <summary>All events that are kept, a line each.</summary>
    public override string ToString() => string.Join('\n', Last(int.MaxValue));

    /// <summary>Takes no more events.</summary>
    internal RunTrace Frozen()
    {
        lock (_lock)
            _isFrozen = true;
        return this;
    }

    internal void Add(in TraceEvent happened)
    {
        lock (_lock)
        {
            if (_isFrozen)
                return;
            // nothing has been overwritten while there is room to grow, so the order holds
            if (_count == _events.Length && _events.Length < _capacity)
                Array.Resize(ref _events, Math.Min(_capacity, 2 * _events.Length));
            _events[_count++ % _events.Length] = happened;
            _fingerprint = happened.Mix(_fingerprint);
        }
    }
}
