using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi.Binding;
using SQLitePCL;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>
/// <c>lunatic::sqlite</c>: databases in the process's own directories, or in memory. All functions trap on unknown ids and bad pointers. What may take long is done
/// by other threads while the process waits. The parts lie in a file each.
/// </summary>
[HostNamespace("lunatic::sqlite")]
internal static partial class SqliteApi
{
    private const int MaxConnections = 64;

    /// <summary>
    /// Opens a database, or creates it: 0, the connection's id is written; 1, an error's id is written. The path must lie in one of the process's directories;
    /// an empty one and <c>:memory:</c> mean memory. It stays open until the process ends.
    /// </summary>
    [HostFunction("open")]
    public static long Open(ProcessContext context, int pathPointer, int pathLength, int idPointer)
    {
        if (!context.TryReadString(pathPointer, pathLength, "path", out string path) || !context.TryGetMemory(idPointer, sizeof(long), out _))
            return 0;
        if (RefusalOf(context, path) is { } refusal)
            return context.Fail(idPointer, refusal);
        var sandbox = new SqliteSandbox(context.Configuration.PreopenedDirectories, context.Process.Plan.Surroundings);
        var connection = new SqliteConnection(sandbox, context.Environment.Options.MaxDatabaseMemory);
        string? error = null;
        return SqliteOperation.Wait(context, connection, () => error = connection.Open(path), context =>
        {
            if (error is not null)
            {
                connection.Release(context.Process.Scheduler);
                return (ulong)context.Fail(idPointer, error);
            }
            context.TryWriteInt64(idPointer, context.Resources.Connections.Add(connection));
            return 0;
        });
    }

    /// <summary>Runs all statements of a text and drops their rows; 0, or SQLite's code of the first error.</summary>
    [HostFunction("execute")]
    public static int Execute(ProcessContext context, long connectionId, int pointer, int length)
    {
        if (!TryFind(context, connectionId, out SqliteConnection? connection) || !context.TryReadString(pointer, length, "text of the statements", out string sql))
            return 0;
        int code = 0;
        return SqliteOperation.Wait(context, connection, () => code = raw.sqlite3_exec(connection.Database, sql), _ => (uint)code);
    }

    /// <summary>Number of rows that the latest statement of the connection changed.</summary>
    [HostFunction("sqlite3_changes")]
    public static int Changes(ProcessContext context, long connectionId) =>
        TryFind(context, connectionId, out SqliteConnection? connection) ? raw.sqlite3_changes(connection.Database) : 0;

    /// <summary>Gives the latest error, code and text as options, in memory that the guest allocates. Traps when there is none.</summary>
    [HostFunction("last_error")]
    public static int LastError(ProcessContext context, long connectionId, int lengthPointer)
    {
        if (!TryFind(context, connectionId, out SqliteConnection? connection))
            return 0;
        int code = raw.sqlite3_errcode(connection.Database);
        if (code == raw.SQLITE_OK)
            return context.Trap("the connection's latest call succeeded: there is no error");
        return GuestAllocation.Give(context, lengthPointer, writer =>
        {
            writer.BeginSome();
            writer.WriteUnsigned((uint)code, sizeof(uint));
            writer.BeginSome();
            writer.WriteString(raw.sqlite3_errmsg(connection.Database).utf8_to_string());
        });
    }

    private static string? RefusalOf(ProcessContext context, string path) =>
        context.Resources.Connections.Count >= MaxConnections ? $"the process has {MaxConnections} databases open, which is the most"
        : path.Contains('\0', StringComparison.Ordinal) ? "the path of the database has a zero byte in it"
        : path is "" or ":memory:" || DirectoryRights.Locate(context.Configuration.PreopenedDirectories, path) is not null ? null
        : $"the database \"{path}\" does not lie in a directory that the process has open";

    private static bool TryFind(ProcessContext context, long id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SqliteConnection? connection) =>
        context.TryFind(context.Resources.Connections, id, "database connection", out connection);
}
