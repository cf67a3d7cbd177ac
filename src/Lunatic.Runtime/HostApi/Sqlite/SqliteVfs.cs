using System.Runtime.InteropServices;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>SQLite's table of file functions (<c>struct sqlite3_vfs</c>, version 2). Those that we hand on as they are have no type.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteVfs
{
    public int Version;
    public int FileSize;
    public int MaxPathname;
    public SqliteVfs* Next;
    public byte* Name;
    public void* AppData;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, nint*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, int, int> Delete;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, int, int*, int> Access;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, int, byte*, int> FullPathname;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, nint> OpenLibrary;
    public void* LibraryError;
    public void* LibrarySymbol;
    public void* CloseLibrary;
    public void* Randomness;
    public void* Sleep;
    public void* CurrentTime;
    public void* LastError;
    public void* CurrentTimeInt64;
}
