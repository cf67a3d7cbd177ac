using System.Text;
using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.Wasi;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>
/// The files that one connection may use: plain files right in directories that lie in the process's own. A name that the guest gives is resolved once, as
/// WASI resolves paths; what comes out is a directory, which stays open as long as the connection, and a name in it. SQLite gets
/// <c>/proc/self/fd/DIRECTORY/NAME</c>, and builds the names of journals from it; it never follows a link at the end of a name.
/// </summary>
/// <param name="grants">The process's directories.</param>
/// <param name="surroundings">The same, open.</param>
internal sealed class SqliteSandbox(IReadOnlyList<DirectoryGrant> grants, WasiSurroundings surroundings) : IDisposable
{
    // of one connection: the database and what it attaches
    private const int MaxDirectories = 64;

    [ThreadStatic]
    private static SqliteSandbox? _current;

    private readonly List<DescriptorHandle> _directories = [];

    /// <summary>That of the connection which the calling thread works for; null outside of SQLite.</summary>
    public static SqliteSandbox? Current => _current;

    /// <summary>Lets the calling thread work for this connection until the result is disposed.</summary>
    public Scope Enter() => new(this);

    /// <summary>Resolves a name that the guest gave.</summary>
    /// <returns>The name for SQLite; empty: it lies outside, or its directory does not exist.</returns>
    public ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> name)
    {
        if (_directories.Count >= MaxDirectories || DirectoryRights.Locate(grants, Encoding.UTF8.GetString(name)) is not (int index, string relative))
            return [];
        Errno error = GuestPath.TryCreate(Encoding.UTF8.GetBytes(relative), stackalloc byte[GuestPath.BufferBytes], out GuestPath path);
        if (error != Errno.Success || surroundings.Directories[index].Directory.OpenParent(path, out DescriptorHandle? parent, out byte[] last) != Errno.Success)
            return [];
        _directories.Add(parent!);
        return Encoding.UTF8.GetBytes($"{Prefix(parent!)}{Encoding.UTF8.GetString(last)}");
    }

    /// <summary>Whether a name is one of those that <see cref="Resolve"/> gives, or of a file beside it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isFileOrNothing">Whether it is a plain file, or there is nothing of the name.</param>
    public bool Allows(ReadOnlySpan<byte> name, out bool isFileOrNothing)
    {
        isFileOrNothing = false;
        foreach (DescriptorHandle directory in _directories)
        {
            ReadOnlySpan<byte> prefix = Encoding.UTF8.GetBytes(Prefix(directory));
            if (!name.StartsWith(prefix))
                continue;
            ReadOnlySpan<byte> last = name[prefix.Length..];
            if (last.IsEmpty || last.Contains((byte)'/') || last.SequenceEqual("."u8) || last.SequenceEqual(".."u8))
                return false;
            Errno error = LinuxErrors.Check(LinuxCalls.Statx(directory, in ZeroTerminated.FromBytes(last)[0], LinuxFlags.NoFollowPath, LinuxFlags.BasicStatus, out Statx status));
            isFileOrNothing = error == Errno.NoEnt || (error == Errno.Success && status.Type == FileType.RegularFile);
            return true;
        }
        return false;
    }

    /// <summary>Closes the directories; the connection is closed.</summary>
    public void Dispose()
    {
        foreach (DescriptorHandle directory in _directories)
            directory.Dispose();
        _directories.Clear();
    }

    // the number is the directory's own as long as it is in the list
    private static string Prefix(DescriptorHandle directory) => $"/proc/self/fd/{directory.DangerousGetHandle()}/";

    /// <summary>The time in which a thread works for a connection.</summary>
    public readonly ref struct Scope
    {
        public Scope(SqliteSandbox sandbox) => _current = sandbox;

        public void Dispose() => _current = null;
    }
}
