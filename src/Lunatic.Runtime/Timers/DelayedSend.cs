using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Timers;

/// <summary>A message that is sent later. It does not depend on the process that asked for it.</summary>
internal sealed class DelayedSend : TimerNode
{
    private readonly LunaticEnvironment _environment;
    private readonly ProcessBase? _receiver;
    private readonly Message _message;

    private volatile bool _isOver;

    private DelayedSend(LunaticEnvironment environment, ProcessBase? receiver, Message message) =>
        (_environment, _receiver, _message) = (environment, receiver, message);

    /// <summary>Sends a message when a deadline has come.</summary>
    /// <param name="environment">Where the receiver lives, or would: the message is given up with it.</param>
    /// <param name="receiver">Who gets it; null: nobody (the receiver was unknown when the timer was set), the message is released then.</param>
    /// <param name="message">The message.</param>
    /// <param name="deadline">When, on the service's clock; <see cref="long.MaxValue"/> is never.</param>
    internal static DelayedSend Schedule(LunaticEnvironment environment, ProcessBase? receiver, Message message, long deadline)
    {
        var timer = new DelayedSend(environment, receiver, message);
        environment.Runtime.Timers.Add(timer, deadline);
        return timer;
    }

    /// <summary>Gives up everything that was to be sent in an environment that is gone.</summary>
    internal static void DiscardAllOf(LunaticEnvironment environment) =>
        environment.Runtime.Timers.DiscardWhere(node => node is DelayedSend send && send._environment == environment);

    /// <summary>Whether it is sent, or given up. Any thread.</summary>
    internal bool IsOver => _isOver;

    /// <summary>Gives up the sending.</summary>
    /// <returns>False: it is sent already, or given up.</returns>
    internal bool TryCancel(TimerService timers)
    {
        if (!timers.Cancel(this))
            return false;
        _isOver = true;
        _message.Abandon();
        return true;
    }

    internal override void Fire()
    {
        _isOver = true;
        if (_receiver is null)
            _message.Abandon();
        else
            _receiver.Send(_message);
    }

    internal override void Discard()
    {
        _isOver = true;
        _message.Abandon();
    }
}
