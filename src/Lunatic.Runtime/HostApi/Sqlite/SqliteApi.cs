using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary><c>lunatic::sqlite</c>: databases of the host. Not there yet; guests that import it link, and a call traps.</summary>
internal static class SqliteApi
{
    /// <summary>The functions of this namespace, to be linked to guests.</summary>
    public static HostNamespace CreateTable() => MissingNamespace.Create(
        "lunatic::sqlite",
        ("open", "iii→l"),
        ("query_prepare", "lii→l"),
        ("execute", "lii→i"),
        ("bind_value", "lii"),
        ("sqlite3_changes", "l→i"),
        ("statement_reset", "l"),
        ("last_error", "li→i"),
        ("sqlite3_finalize", "l"),
        ("sqlite3_step", "l→i"),
        ("read_column", "lii→i"),
        ("column_names", "li→i"),
        ("read_row", "li→i"),
        ("column_count", "l→i"),
        ("column_name", "lii→i"));
}
