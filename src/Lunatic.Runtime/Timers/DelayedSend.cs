using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Timers;

/// <summary>A message that is sent later. It does not depend on the process that asked for it.</summary>
internal sealed class DelayedSend : TimerNode
{
    private readonly ProcessBase? _receiver;
    private readonly Message _message;

    private DelayedSend(ProcessBase? receiver, Message message) => (_receiver, _message) = (receiver, message);

    /// <summary>Sends a message when a deadline has come.</summary>
    /// <param name="timers">The service that waits.</param>
    /// <param name="receiver">Who gets it; null: nobody (the receiver was unknown when the timer was set), the message is released then.</param>
    /// <param name="message">The message.</param>
    /// <param name="deadline">When, on the service's clock; <see cref="long.MaxValue"/> is never.</param>
    internal static DelayedSend Schedule(TimerService timers, ProcessBase? receiver, Message message, long deadline)
    {
        var timer = new DelayedSend(receiver, message);
        timers.Add(timer, deadline);
        return timer;
    }

    /// <summary>Gives up the sending.</summary>
    /// <returns>False: it is sent already, or given up.</returns>
    internal bool TryCancel(TimerService timers)
    {
        if (!timers.Cancel(this))
            return false;
        _message.Abandon();
        return true;
    }

    internal override void Fire()
    {
        if (_receiver is null)
            _message.Abandon();
        else
            _receiver.Send(_message);
    }

    internal override void Discard() => _message.Abandon();
}
