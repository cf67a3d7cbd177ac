namespace Lunatic.Runtime.Timers;

/// <summary>A timer, as a node of the wheel that it is in.</summary>
internal abstract class TimerNode
{
    /// <summary>The value of <see cref="Slot"/> while the node is in no wheel.</summary>
    internal const int NoSlot = -1;

    /// <summary>Neighbours in the slot's list. Under the wheel's lock.</summary>
    internal TimerNode? Next, Previous;

    /// <summary>When it is due, in milliseconds of the service's clock. Under the wheel's lock.</summary>
    internal long Due;

    /// <summary>The slot that it is in. Under the wheel's lock.</summary>
    internal int Slot = NoSlot;

    /// <summary>The wheel that it was last added to.</summary>
    internal TimerShard? Shard;

    /// <summary>The time has come. The node is in no wheel any more and may be added again. Called without locks; must be short.</summary>
    internal abstract void Fire();

    /// <summary>The time will never come: the runtime is being disposed of.</summary>
    internal virtual void Discard()
    {
    }
}
