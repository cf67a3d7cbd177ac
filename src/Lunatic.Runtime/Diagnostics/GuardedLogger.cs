using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Diagnostics;

/// <summary>The application's logger, whose failures stay its own: the runtime logs on workers and at the end of processes, where an exception would take everything down.</summary>
internal sealed class GuardedLogger(ILogger logger) : ILogger
{
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            // There is no better place to tell it than the logger that fails.
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // As above.
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);
}
