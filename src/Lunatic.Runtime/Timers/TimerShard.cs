namespace Lunatic.Runtime.Timers;

/// <summary>A wheel with its lock. There are several, so that workers seldom meet at one.</summary>
internal sealed class TimerShard
{
    private readonly Lock _lock = new();
    private readonly TimerWheel _wheel = new();

    internal int Count
    {
        get
        {
            lock (_lock)
                return _wheel.Count;
        }
    }

    internal void Add(TimerNode node, long due)
    {
        lock (_lock)
        {
            node.Shard = this;
            _wheel.Add(node, due);
        }
    }

    internal bool Remove(TimerNode node)
    {
        lock (_lock)
            return _wheel.Remove(node);
    }

    /// <summary>Lets the clock reach a tick and collects what is due.</summary>
    /// <returns>The next tick at which there may be something to do.</returns>
    internal long Advance(long tick, List<TimerNode> due)
    {
        lock (_lock)
        {
            _wheel.AdvanceTo(tick, due);
            return _wheel.NextStop();
        }
    }

    /// <summary>Takes all nodes out.</summary>
    internal void Clear(List<TimerNode> nodes)
    {
        lock (_lock)
            _wheel.Clear(nodes);
    }
}
