namespace Lunatic.Runtime.Timers;

/// <summary>Mail that comes later. It goes with its receiver: whatever times were asked for, nothing of it outlives that.</summary>
internal abstract class MailTimer : TimerNode
{
    /// <summary>Neighbours in the receiver's list. Under the lock of <see cref="DelayedMail"/>.</summary>
    internal MailTimer? NextForReceiver, PreviousForReceiver;

    /// <summary>Whether it is in that list.</summary>
    internal bool IsExpected;

    private int _isSettled;

    /// <summary>Whether nothing will be sent any more: all is sent, or given up.</summary>
    internal bool IsSettled => Volatile.Read(ref _isSettled) != 0;

    /// <summary>Gives up the sending. Any thread.</summary>
    /// <returns>False: it is sent already, or given up.</returns>
    internal abstract bool TryCancel();

    /// <summary>The receiver has ended, or takes no more of them.</summary>
    internal abstract void LoseReceiver();

    /// <summary>Notes that nothing will be sent any more.</summary>
    /// <returns>False: somebody else has.</returns>
    protected bool Settle() => Interlocked.Exchange(ref _isSettled, 1) == 0;
}
