namespace Lunatic.Runtime.Testing;

/// <summary>A timer of the virtual clock.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider clock, Action fire) : ITimer
{
    internal TimeSpan Due { get; set; }

    internal TimeSpan Period { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        clock.Set(this, dueTime, period);
        return true;
    }

    public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire() => fire();
}
