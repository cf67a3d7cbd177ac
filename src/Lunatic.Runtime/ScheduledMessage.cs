using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime;

/// <summary>A message that is sent later (<see cref="LunaticProcess.SendAfter"/>), or again and again (<see cref="LunaticProcess.SendEvery"/>).</summary>
public sealed class ScheduledMessage
{
    private readonly MailTimer _timer;

    internal ScheduledMessage(MailTimer timer) => _timer = timer;

    /// <summary>Gives up the sending.</summary>
    /// <returns>False: it is sent already, or given up.</returns>
    public bool Cancel() => _timer.TryCancel();
}
