namespace Lunatic.Runtime.Timers;

/// <summary>The messages that timers hold for one process. Any thread.</summary>
internal sealed class DelayedMail
{
    private readonly Lock _lock = new();
    private MailTimer? _first;
    private bool _isClosed;
    private int _count;

    /// <summary>Adds a timer, unless it is over already.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="max">Most timers that may wait for the process.</param>
    /// <returns>False: the process has ended, or enough timers wait for it.</returns>
    internal bool TryAdd(MailTimer timer, int max)
    {
        lock (_lock)
        {
            if (_isClosed || _count >= max)
                return false;
            if (timer.IsSettled)
                return true;
            timer.NextForReceiver = _first;
            if (_first is not null)
                _first.PreviousForReceiver = timer;
            _first = timer;
            timer.IsExpected = true;
            _count++;
            return true;
        }
    }

    /// <summary>Takes a timer out that is over; it may be out already.</summary>
    internal void Remove(MailTimer timer)
    {
        lock (_lock)
        {
            if (timer.IsExpected)
                _count--;
            timer.IsExpected = false;
            if (timer.PreviousForReceiver is { } previous)
                previous.NextForReceiver = timer.NextForReceiver;
            else if (_first == timer)
                _first = timer.NextForReceiver;
            if (timer.NextForReceiver is { } next)
                next.PreviousForReceiver = timer.PreviousForReceiver;
            timer.NextForReceiver = timer.PreviousForReceiver = null;
        }
    }

    /// <summary>The process has ended: drops all messages.</summary>
    internal void Close()
    {
        List<MailTimer> lost = [];
        lock (_lock)
        {
            _isClosed = true;
            for (MailTimer? timer = _first; timer is not null; timer = timer.NextForReceiver)
                lost.Add(timer);
            _first = null;
            foreach (MailTimer timer in lost)
                timer.NextForReceiver = timer.PreviousForReceiver = null;
        }
        foreach (MailTimer timer in lost)
            timer.LoseReceiver();
    }
}
