using Lunatic.Runtime.Testing.Scheduling;

namespace Lunatic.Runtime.Testing;

/// <summary>What happens to a message, or when it is sent. Made by <see cref="FaultPlan.AtMessage"/>; the last call counts.</summary>
public sealed class MessageFault
{
    private readonly ProcessFilter _from;
    private readonly ProcessFilter _to;
    private int _left;
    private TimeSpan _delay;

    internal MessageFault(int number, ProcessFilter to, ProcessFilter from) => (_left, _to, _from) = (number, to, from);

    internal MessageFate Fate { get; private set; }

    internal TimeSpan DelayTime => _delay;

    /// <summary>The message is lost. Its sender is told that it was sent; who waits for the reply to it waits until the time is over.</summary>
    public void Drop() => Fate = MessageFate.Drop;

    /// <summary>The message is delivered later.</summary>
    /// <param name="time">How much later.</param>
    public void Delay(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        (Fate, _delay) = (MessageFate.Delay, time);
    }

    /// <summary>The receiver is killed before it can read the message.</summary>
    public void KillReceiver() => Fate = MessageFate.KillReceiver;

    /// <summary>The sender is killed right after it has sent the message.</summary>
    public void KillSender() => Fate = MessageFate.KillSender;

    /// <summary>Counts a message.</summary>
    /// <returns>Whether it is the one.</returns>
    internal bool IsMet(ObservedProcess? sender, ObservedProcess receiver) => _left > 0 && _to.Matches(receiver) && _from.Matches(sender) && --_left == 0;
}
