using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Timers;

/// <summary>
/// A message that is sent later. It does not depend on the process that asked for it, but goes with its receiver: when that ends the message is dropped,
/// and only the time remains, in which giving up still succeeds. So whatever times guests ask for, nothing of them outlives them.
/// </summary>
internal sealed class DelayedSend : MailTimer
{
    private readonly TimerService _timers;
    private readonly ProcessBase? _receiver;
    private readonly Message _message;
    private readonly long _deadline;
    private volatile bool _isOrphan;

    private DelayedSend(TimerService timers, ProcessBase? receiver, Message message, long deadline) =>
        (_timers, _receiver, _message, _deadline) = (timers, receiver, message, deadline);

    /// <summary>Sends a message when a deadline has come.</summary>
    /// <param name="timers">The service that waits.</param>
    /// <param name="receiver">Who gets it; null: nobody (the receiver was unknown when the timer was set).</param>
    /// <param name="message">The message.</param>
    /// <param name="deadline">When, on the service's clock; <see cref="long.MaxValue"/> is never.</param>
    internal static DelayedSend Schedule(TimerService timers, ProcessBase? receiver, Message message, long deadline)
    {
        var timer = new DelayedSend(timers, receiver, message, deadline);
        receiver?.Environment.Runtime.Metrics.TimersStarted.Add(1);
        if (receiver is null)
        {
            timer._isOrphan = true;
            message.Abandon();
            return timer;
        }
        // in this order: whoever takes it off the receiver's list finds it in the wheel, unless it was fired
        try
        {
            timers.Add(timer, deadline);
        }
        catch
        {
            // the application's clock failed: the caller is told, and nothing may be left in the wheel
            timer.LoseReceiver();
            throw;
        }
        if (!receiver.Expect(timer))
            timer.LoseReceiver();
        return timer;
    }

    /// <summary>Whether it is sent, given up, or its time is over. Any thread.</summary>
    internal bool IsOver => IsSettled || (_isOrphan && _timers.Now >= _deadline);

    internal override bool TryCancel()
    {
        if (_timers.Cancel(this))
        {
            Settle();
            _receiver!.ExpectNoMore(this);
            _receiver.Environment.Runtime.Metrics.TimersCanceled.Add(1);
            _message.Abandon();
            return true;
        }
        return _isOrphan && _timers.Now < _deadline && Settle();
    }

    internal override void LoseReceiver()
    {
        if (!_timers.Cancel(this))
            return;
        _isOrphan = true;
        _receiver!.Environment.CountUndeliverable(1);
        _message.Abandon();
    }

    internal override void Fire()
    {
        Settle();
        _receiver!.ExpectNoMore(this);
        _receiver.Environment.Runtime.Metrics.TimersCompleted.Add(1);
        _receiver.Send(_message);
    }

    internal override void Discard() => _message.Abandon();
}
