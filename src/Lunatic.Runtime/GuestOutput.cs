using Lunatic.Runtime.Wasi.Stdio;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime;

/// <summary>
/// Streams for <see cref="EnvironmentOptions.StandardOutput"/>, <see cref="EnvironmentOptions.StandardError"/> and <see cref="EnvironmentOptions.ProcessOutput"/> that lead what
/// guests print to a process or to the log. Files, pipes and connections are streams already.
/// </summary>
public static class GuestOutput
{
    /// <summary>Sends each piece that a guest writes as a data message. What the receiver refuses, or does not live to read, is counted as undeliverable.</summary>
    /// <param name="receiver">The process that gets it, a guest or a C# process.</param>
    /// <param name="tag">The tag of the messages.</param>
    public static Stream ToProcess(LunaticProcess receiver, long tag = Message.NoTag)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return new MailboxStream(receiver, tag);
    }

    /// <summary>Logs each line that guests write (UTF-8), without its end. A line that goes on for more than 16 KiB is logged in parts; one without end when the stream is disposed of.</summary>
    /// <param name="logger">Where it is logged.</param>
    /// <param name="level">The level.</param>
    public static Stream ToLog(ILogger logger, LogLevel level = LogLevel.Information)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return new LogStream(logger, level);
    }
}
