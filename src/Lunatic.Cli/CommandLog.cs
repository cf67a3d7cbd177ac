using Microsoft.Extensions.Logging;

namespace Lunatic.Cli;

/// <summary>Writes the runtime's log to standard error, a line per event. LUNATIC_LOG sets the lowest level: trace, debug, information, warning (default), error, none.</summary>
/// <param name="usual">The lowest level where the variable says nothing.</param>
internal sealed class CommandLog(LogLevel usual = LogLevel.Warning) : ILoggerFactory, ILogger
{
    private readonly LogLevel _lowest = Enum.TryParse(Environment.GetEnvironmentVariable("LUNATIC_LOG"), ignoreCase: true, out LogLevel level) ? level : usual;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _lowest && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        string text = $"[{Abbreviate(logLevel)}] {formatter(state, exception)}";
        // where the exception is of our making its text is in the message already
        Console.Error.WriteLine(exception is null || logLevel < LogLevel.Error && _lowest > LogLevel.Debug ? text : $"{text}\n{exception}");
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("the command logs to standard error only");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }

    private static string Abbreviate(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}
