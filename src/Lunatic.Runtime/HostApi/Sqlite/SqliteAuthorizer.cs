using System.Globalization;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>
/// Which statements a guest may prepare: all but those that reach beyond its own connection, by loading code or by settings that count for the whole
/// process, or that hold up a thread of the host. Files are the business of <see cref="SqliteFileSystem"/>.
/// </summary>
internal static class SqliteAuthorizer
{
    private const int Allow = 0;
    private const int Deny = 1;
    private const int Pragma = 19;
    private const int Function = 31;
    private const int MaxBusyMilliseconds = 5_000;

    // settings of the whole process, of the host's disk, of threads
    private static readonly HashSet<string> HostPragmas = new(StringComparer.OrdinalIgnoreCase)
    {
        "temp_store", "temp_store_directory", "data_store_directory", "soft_heap_limit", "hard_heap_limit", "threads",
    };

    /// <summary>SQLite's question about an action, with its two arguments: 0 lets the statement pass, 1 makes it an error.</summary>
    public static int Check(int action, string? first, string? second) => action switch
    {
        Pragma when second is not null && HostPragmas.Contains(first!) => Deny,
        Pragma when second is not null && string.Equals(first, "busy_timeout", StringComparison.OrdinalIgnoreCase) && !IsShort(second) => Deny,
        Function when string.Equals(second, "load_extension", StringComparison.OrdinalIgnoreCase) => Deny,
        _ => Allow,
    };

    private static bool IsShort(string milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) && value <= MaxBusyMilliseconds;
}
