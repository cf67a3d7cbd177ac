using SQLitePCL;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>SQLite itself, made ready once per process.</summary>
internal static class SqliteLibrary
{
    // all databases of the process together: what no limit of a connection sees (sorting, for one) ends here
    private const int HeapShare = 4;

    private static readonly Lazy<bool> Ready = new(Prepare);

    /// <summary>Loads it, sets the limit of its memory unless the application has set one, and registers the file system for guests.</summary>
    public static void Load() => _ = Ready.Value;

    private static bool Prepare()
    {
        Batteries_V2.Init();
        if (raw.sqlite3_hard_heap_limit64(-1) == 0)
            raw.sqlite3_hard_heap_limit64(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / HeapShare);
        SqliteFileSystem.Register();
        return true;
    }
}
