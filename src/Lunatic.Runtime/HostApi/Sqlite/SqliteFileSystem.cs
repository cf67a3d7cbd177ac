using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>
/// The file system (<c>sqlite3_vfs</c>) that guests' databases use: SQLite's own, except that names are resolved and checked by the connection at work
/// (<see cref="SqliteSandbox.Current"/>). So whatever opens, deletes or looks for a file, ATTACH, VACUUM INTO, or a journal that names another one,
/// stays in the guest's directories; and nothing is mapped into memory, where a guest that cuts its own file short would end the host.
/// </summary>
/// <remarks>
/// Unsafe, as SQLite calls it. Invariants: tables are made once and never freed; names are zero-terminated; no exception leaves a callback; the base's
/// functions get the base's own table.
/// </remarks>
internal static unsafe partial class SqliteFileSystem
{
    /// <summary>The name under which SQLite knows it.</summary>
    public const string Name = "lunatic-guests";

    private const int Ok = 0;
    private const int CannotOpen = 14;
    private const int IoErrorDelete = 10 | (10 << 8);
    // with version 1 SQLite neither maps files nor shares memory
    private const int NoMapping = 1;
    // files of version 1 have these functions: their table ends behind xDeviceCharacteristics
    private const int MethodsBytes = 13 * 8;
    private const int WithoutSystemCalls = 2;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<nint, nint> Methods = [];
    private static SqliteVfs* _base;
    private static SqliteVfs* _own;

    /// <summary>Makes it known to SQLite, once per process.</summary>
    /// <exception cref="InvalidOperationException">SQLite refuses it.</exception>
    public static void Register()
    {
        lock (Gate)
        {
            if (_own is not null)
                return;
            _base = FindVfs(null);
            if (_base is null)
                throw new InvalidOperationException("SQLite has no file system on this computer");
            SqliteVfs* own = (SqliteVfs*)NativeMemory.AllocZeroed((nuint)sizeof(SqliteVfs));
            *own = *_base;
            own->Version = Math.Min(own->Version, WithoutSystemCalls);
            own->Next = null;
            own->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
            own->Open = &Open;
            own->Delete = &Delete;
            own->Access = &Access;
            own->FullPathname = &FullPathname;
            own->OpenLibrary = &OpenLibrary;
            if (RegisterVfs(own, makeDefault: 0) is not Ok and int code)
                throw new InvalidOperationException($"SQLite refuses the file system for guests (code {code})");
            _own = own;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(SqliteVfs* vfs, byte* name, nint* file, int flags, int* outFlags)
    {
        // SQLite closes what has methods, also after a failure
        *file = 0;
        if (!Allows(name, out bool mayOpen) || !mayOpen)
            return CannotOpen;
        int code = _base->Open(_base, name, file, flags, outFlags);
        if (*file != 0)
            *file = WithoutMapping(*file);
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(SqliteVfs* vfs, byte* name, int sync) =>
        Allows(name, out _) ? _base->Delete(_base, name, sync) : IoErrorDelete;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Access(SqliteVfs* vfs, byte* name, int flags, int* result)
    {
        *result = 0;
        // what is no plain file is not there, so that a link tells nothing of what lies outside
        return Allows(name, out bool mayOpen) && mayOpen ? _base->Access(_base, name, flags, result) : Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FullPathname(SqliteVfs* vfs, byte* name, int size, byte* full)
    {
        try
        {
            ReadOnlySpan<byte> resolved = SqliteSandbox.Current is { } sandbox ? sandbox.Resolve(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)) : [];
            if (resolved.IsEmpty || resolved.Length >= size)
                return CannotOpen;
            resolved.CopyTo(new Span<byte>(full, size));
            full[resolved.Length] = 0;
            return Ok;
        }
        catch (Exception)
        {
            // nothing may unwind through SQLite; the guest learns that the name cannot be opened
            return CannotOpen;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OpenLibrary(SqliteVfs* vfs, byte* name) => 0;

    private static bool Allows(byte* name, out bool isFileOrNothing)
    {
        isFileOrNothing = false;
        try
        {
            return name is not null && SqliteSandbox.Current is { } sandbox && sandbox.Allows(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name), out isFileOrNothing);
        }
        catch (Exception)
        {
            // as above
            return false;
        }
    }

    private static nint WithoutMapping(nint methods)
    {
        lock (Gate)
        {
            if (Methods.TryGetValue(methods, out nint known))
                return known;
            byte* copy = (byte*)NativeMemory.AllocZeroed(MethodsBytes);
            Unsafe.CopyBlock(copy, (byte*)methods, MethodsBytes);
            *(int*)copy = NoMapping;
            // a file that is opened once more has it already
            Methods[(nint)copy] = (nint)copy;
            return Methods[methods] = (nint)copy;
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial SqliteVfs* FindVfs(string? name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int RegisterVfs(SqliteVfs* vfs, int makeDefault);
}
