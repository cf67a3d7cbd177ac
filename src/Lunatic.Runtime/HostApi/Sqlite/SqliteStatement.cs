using SQLitePCL;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>A prepared statement of a guest.</summary>
/// <param name="Connection">The connection it belongs to.</param>
/// <param name="Handle">SQLite's own.</param>
internal sealed record SqliteStatement(SqliteConnection Connection, sqlite3_stmt Handle);
