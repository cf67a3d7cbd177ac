using Lunatic.Runtime.Scheduling;
using SQLitePCL;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>
/// A database that a guest has opened, with its statements. It is used by one thread at a time: by that of the process, or by that of the blocking pool which does
/// the process's work, during which the process waits. When the process ends, whoever uses the connection last closes it; work under way is interrupted.
/// </summary>
/// <param name="sandbox">The files it may use; owned.</param>
/// <param name="maxMemory">Most bytes of pages, schemas and statements.</param>
internal sealed class SqliteConnection(SqliteSandbox sandbox, long maxMemory)
{
    private const int ReadWriteCreate = 0x2 | 0x4;
    private const int FullMutex = 0x10000;
    private const int NoFollow = 0x1000000;
    // operations of SQLite's virtual machine between two looks at the limits
    private const int ProgressInterval = 10_000;
    private const int MaxLength = 64 << 20;
    private const int MaxWorkerThreads = 0;
    private const int LimitLength = 0;
    private const int LimitWorkerThreads = 11;
    private const int ConfigLoadExtension = 1005;
    private const int ConfigDefensive = 1010;
    private const int ConfigTrustedSchema = 1017;
    private static readonly int[] MemoryFigures = [1, 2, 3];

    private readonly Lock _lock = new();
    private readonly List<SqliteStatement> _statements = [];
    private sqlite3? _database;
    private bool _isAtWork;
    private volatile bool _isReleased;

    /// <summary>The open database.</summary>
    public sqlite3 Database => _database ?? throw new InvalidOperationException("the database is not open");

    /// <summary>Where the connection's files lie.</summary>
    public SqliteSandbox Sandbox => sandbox;

    /// <summary>Opens the database. During <see cref="Work"/>.</summary>
    /// <param name="path">The guest's path; empty or <c>:memory:</c> for one in memory.</param>
    /// <returns>Null, or why it cannot be opened.</returns>
    public string? Open(string path)
    {
        SqliteLibrary.Load();
        int code = raw.sqlite3_open_v2(path.Length == 0 ? ":memory:" : path, out sqlite3 database, ReadWriteCreate | FullMutex | NoFollow, SqliteFileSystem.Name);
        _database = database;
        if (code != raw.SQLITE_OK)
            return $"the database \"{path}\" cannot be opened: {raw.sqlite3_errstr(code).utf8_to_string()}";
        raw.sqlite3_limit(database, LimitLength, MaxLength);
        raw.sqlite3_limit(database, LimitWorkerThreads, MaxWorkerThreads);
        raw.sqlite3_db_config(database, ConfigLoadExtension, 0, out _);
        raw.sqlite3_db_config(database, ConfigDefensive, 1, out _);
        raw.sqlite3_db_config(database, ConfigTrustedSchema, 0, out _);
        // temporary tables and sorting leave no file behind, inside or outside
        raw.sqlite3_exec(database, "PRAGMA temp_store = MEMORY");
        raw.sqlite3_set_authorizer(database, static (_, action, first, second, _, _) => SqliteAuthorizer.Check(action, first, second), null);
        raw.sqlite3_progress_handler(database, ProgressInterval, static connection => ((SqliteConnection)connection).MustStop() ? 1 : 0, this);
        return null;
    }

    /// <summary>Does work of the process that may wait or take long, unless the connection was released. Any thread, not twice at once.</summary>
    public void Work(Action work)
    {
        lock (_lock)
        {
            if (_isReleased)
                return;
            _isAtWork = true;
        }
        try
        {
            using (sandbox.Enter())
                work();
        }
        finally
        {
            bool isReleased;
            lock (_lock)
            {
                _isAtWork = false;
                isReleased = _isReleased;
            }
            if (isReleased)
                Close();
        }
    }

    /// <summary>Prepares the first statement of a text. During <see cref="Work"/>.</summary>
    /// <returns>The statement, or null with <paramref name="error"/>.</returns>
    public SqliteStatement? Prepare(string sql, out string error)
    {
        int code = raw.sqlite3_prepare_v2(Database, sql, out sqlite3_stmt handle);
        error = code == raw.SQLITE_OK ? "there is no statement in the text" : ErrorText(code);
        if (code != raw.SQLITE_OK || handle.IsInvalid)
            return null;
        var statement = new SqliteStatement(this, handle);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Finalizes a statement. During <see cref="Work"/>.</summary>
    public void Finalize(SqliteStatement statement)
    {
        if (_statements.Remove(statement))
            raw.sqlite3_finalize(statement.Handle);
    }

    /// <summary>The text of the latest error with its code, for traps.</summary>
    public string ErrorText(int code) => $"{raw.sqlite3_errmsg(Database).utf8_to_string()} (SQLite's code {code})";

    /// <summary>The process ends: closes the database, on another thread or by whoever works with it now. More than once is fine.</summary>
    public void Release(Scheduler scheduler)
    {
        lock (_lock)
        {
            if (_isReleased)
                return;
            _isReleased = true;
            if (_isAtWork)
            {
                if (_database is { } database)
                    raw.sqlite3_interrupt(database);
                return;
            }
        }
        scheduler.RunBlocking(Close);
    }

    private void Close()
    {
        try
        {
            using (sandbox.Enter())
            {
                foreach (SqliteStatement statement in _statements)
                    raw.sqlite3_finalize(statement.Handle);
                _statements.Clear();
                if (_database is not null)
                    raw.sqlite3_close_v2(_database);
            }
        }
        finally
        {
            sandbox.Dispose();
        }
    }

    private bool MustStop()
    {
        if (_isReleased)
            return true;
        long used = 0;
        foreach (int figure in MemoryFigures)
        {
            raw.sqlite3_db_status(Database, figure, out int current, out _, 0);
            used += current;
        }
        return used > maxMemory;
    }
}
