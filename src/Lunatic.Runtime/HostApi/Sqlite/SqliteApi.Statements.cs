using System.Diagnostics.CodeAnalysis;
using Lunatic.Runtime.HostApi.Binding;
using SQLitePCL;

namespace Lunatic.Runtime.HostApi.Sqlite;

// Prepared statements. SQLite's errors trap: the ABI has no other way to tell them.
internal static partial class SqliteApi
{
    private const int MaxStatements = 10_000;

    /// <summary>Prepares the first statement of a text; the result is its id. Traps on an error of SQL.</summary>
    [HostFunction("query_prepare")]
    public static long Prepare(ProcessContext context, long connectionId, int pointer, int length)
    {
        if (!TryFind(context, connectionId, out SqliteConnection? connection) || !context.TryReadString(pointer, length, "text of the query", out string sql))
            return 0;
        if (context.Resources.Statements.Count >= MaxStatements)
            return context.Trap($"the process has {MaxStatements} statements, which is the most; finalize those that are done");
        SqliteStatement? statement = null;
        string error = "";
        return SqliteOperation.Wait(
            context,
            connection,
            () => statement = connection.Prepare(sql, out error),
            context => statement is null ? (ulong)context.Trap(error) : (ulong)context.Resources.Statements.Add(statement));
    }

    /// <summary>Binds values to parameters: a list of (key, value) in bincode. Traps on data of another form, unknown parameters and SQLite's errors.</summary>
    [HostFunction("bind_value")]
    public static void Bind(ProcessContext context, long statementId, int pointer, int length)
    {
        if (TryFind(context, statementId, out SqliteStatement? statement)
            && context.TryGetMemory(pointer, length, out Span<byte> data)
            && SqliteValues.Bind(statement, data) is { } error)
            context.Trap(error);
    }

    /// <summary>Goes to the next row: 100, there is one; 101, the statement is done. Traps on everything else: a constraint, a lock …</summary>
    [HostFunction("sqlite3_step")]
    public static int Step(ProcessContext context, long statementId)
    {
        if (!TryFind(context, statementId, out SqliteStatement? statement))
            return 0;
        int code = 0;
        string error = "";
        return SqliteOperation.Wait(
            context,
            statement.Connection,
            () =>
            {
                code = raw.sqlite3_step(statement.Handle);
                error = code is raw.SQLITE_ROW or raw.SQLITE_DONE ? "" : statement.Connection.ErrorText(code);
            },
            context => code is raw.SQLITE_ROW or raw.SQLITE_DONE ? (uint)code : (ulong)context.Trap(error));
    }

    /// <summary>Makes a statement ready to run again; what is bound stays. Traps when the latest step failed.</summary>
    [HostFunction("statement_reset")]
    public static void Reset(ProcessContext context, long statementId)
    {
        if (!TryFind(context, statementId, out SqliteStatement? statement))
            return;
        int code = 0;
        string error = "";
        SqliteOperation.Wait(
            context,
            statement.Connection,
            () =>
            {
                code = raw.sqlite3_reset(statement.Handle);
                error = code == raw.SQLITE_OK ? "" : statement.Connection.ErrorText(code);
            },
            context => code == raw.SQLITE_OK ? 0 : (ulong)context.Trap(error));
    }

    /// <summary>Frees a statement.</summary>
    [HostFunction("sqlite3_finalize")]
    public static void Finalize(ProcessContext context, long statementId)
    {
        if (context.TryTake(context.Resources.Statements, statementId, "statement", out SqliteStatement? statement))
            SqliteOperation.Wait(context, statement.Connection, () => statement.Connection.Finalize(statement), static _ => 0);
    }

    private static bool TryFind(ProcessContext context, long id, [NotNullWhen(true)] out SqliteStatement? statement) =>
        context.TryFind(context.Resources.Statements, id, "statement", out statement);
}
