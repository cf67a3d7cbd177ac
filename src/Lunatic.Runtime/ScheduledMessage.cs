using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime;

/// <summary>A message that is sent later (<see cref="LunaticProcess.SendAfter"/>).</summary>
public sealed class ScheduledMessage
{
    private readonly DelayedSend _timer;
    private readonly TimerService _timers;

    internal ScheduledMessage(DelayedSend timer, TimerService timers) => (_timer, _timers) = (timer, timers);

    /// <summary>Gives up the sending.</summary>
    /// <returns>False: it is sent already, or given up.</returns>
    public bool Cancel() => _timer.TryCancel(_timers);
}
