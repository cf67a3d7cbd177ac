namespace Lunatic.Runtime.Wasi.Types;

/// <summary>What may be done with a descriptor (<c>$rights</c> of WASI preview 1).</summary>
[Flags]
internal enum Rights : ulong
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary><c>fd_datasync</c>.</summary>
    FdDataSync = 1UL << 0,
    /// <summary><c>fd_read</c>; with <see cref="FdSeek"/> also <c>fd_pread</c>.</summary>
    FdRead = 1UL << 1,
    /// <summary><c>fd_seek</c>, and all that <see cref="FdTell"/> allows.</summary>
    FdSeek = 1UL << 2,
    /// <summary><c>fd_fdstat_set_flags</c>.</summary>
    FdFdStatSetFlags = 1UL << 3,
    /// <summary><c>fd_sync</c>.</summary>
    FdSync = 1UL << 4,
    /// <summary><c>fd_tell</c>, and <c>fd_seek</c> that moves nothing.</summary>
    FdTell = 1UL << 5,
    /// <summary><c>fd_write</c>; with <see cref="FdSeek"/> also <c>fd_pwrite</c>.</summary>
    FdWrite = 1UL << 6,
    /// <summary><c>fd_advise</c>.</summary>
    FdAdvise = 1UL << 7,
    /// <summary><c>fd_allocate</c>.</summary>
    FdAllocate = 1UL << 8,
    /// <summary><c>path_create_directory</c>.</summary>
    PathCreateDirectory = 1UL << 9,
    /// <summary><c>path_open</c> that creates.</summary>
    PathCreateFile = 1UL << 10,
    /// <summary><c>path_link</c> from here.</summary>
    PathLinkSource = 1UL << 11,
    /// <summary><c>path_link</c> to here.</summary>
    PathLinkTarget = 1UL << 12,
    /// <summary><c>path_open</c>.</summary>
    PathOpen = 1UL << 13,
    /// <summary><c>fd_readdir</c>.</summary>
    FdReadDir = 1UL << 14,
    /// <summary><c>path_readlink</c>.</summary>
    PathReadLink = 1UL << 15,
    /// <summary><c>path_rename</c> from here.</summary>
    PathRenameSource = 1UL << 16,
    /// <summary><c>path_rename</c> to here.</summary>
    PathRenameTarget = 1UL << 17,
    /// <summary><c>path_filestat_get</c>.</summary>
    PathFileStatGet = 1UL << 18,
    /// <summary><c>path_open</c> that truncates.</summary>
    PathFileStatSetSize = 1UL << 19,
    /// <summary><c>path_filestat_set_times</c>.</summary>
    PathFileStatSetTimes = 1UL << 20,
    /// <summary><c>fd_filestat_get</c>.</summary>
    FdFileStatGet = 1UL << 21,
    /// <summary><c>fd_filestat_set_size</c>.</summary>
    FdFileStatSetSize = 1UL << 22,
    /// <summary><c>fd_filestat_set_times</c>.</summary>
    FdFileStatSetTimes = 1UL << 23,
    /// <summary><c>path_symlink</c>.</summary>
    PathSymlink = 1UL << 24,
    /// <summary><c>path_remove_directory</c>.</summary>
    PathRemoveDirectory = 1UL << 25,
    /// <summary><c>path_unlink_file</c>.</summary>
    PathUnlinkFile = 1UL << 26,
    /// <summary><c>poll_oneoff</c> on the descriptor.</summary>
    PollFdReadWrite = 1UL << 27,
    /// <summary><c>sock_shutdown</c>.</summary>
    SockShutdown = 1UL << 28,
    /// <summary><c>sock_accept</c>.</summary>
    SockAccept = 1UL << 29,
}
