using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Timers;

/// <summary>A message that is sent again and again, until it is given up or the receiver ends. Times that were missed are skipped.</summary>
internal sealed class PeriodicSend : MailTimer
{
    private readonly TimerService _timers;
    private readonly ProcessBase _receiver;
    private readonly Func<Message> _create;
    private readonly long _period;
    private long _deadline;

    private PeriodicSend(ProcessBase receiver, Func<Message> create, long period)
    {
        _timers = receiver.Environment.Runtime.Timers;
        _receiver = receiver;
        _create = create;
        _period = period;
        _deadline = _timers.Now + period;
    }

    /// <summary>Sends messages from the end of the first period on.</summary>
    /// <param name="receiver">Who gets them.</param>
    /// <param name="create">Makes one; must not fail.</param>
    /// <param name="period">The period, in milliseconds.</param>
    internal static PeriodicSend Schedule(ProcessBase receiver, Func<Message> create, long period)
    {
        var timer = new PeriodicSend(receiver, create, period);
        timer._timers.Add(timer, timer._deadline);
        if (!receiver.Expect(timer))
            timer.LoseReceiver();
        return timer;
    }

    internal override bool TryCancel()
    {
        bool isFirst = Settle();
        _timers.Cancel(this);
        _receiver.ExpectNoMore(this);
        return isFirst;
    }

    internal override void LoseReceiver()
    {
        Settle();
        _timers.Cancel(this);
    }

    internal override void Fire()
    {
        if (IsSettled)
            return;
        _receiver.Send(_create());
        _deadline += Math.Max(1, (_timers.Now - _deadline + _period) / _period) * _period;
        try
        {
            _timers.Add(this, _deadline);
        }
        catch (Exception exception)
        {
            // The application's clock: the others that are due now must fire all the same.
            Settle();
            Log.ClockFailed(_receiver.Environment.Runtime.Logger, exception);
        }
        // given up in between: whoever did found it in no wheel
        if (IsSettled)
            _timers.Cancel(this);
    }
}
