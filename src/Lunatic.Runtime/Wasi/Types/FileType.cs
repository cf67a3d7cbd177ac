namespace Lunatic.Runtime.Wasi.Types;

/// <summary>Kinds of files (<c>$filetype</c>).</summary>
internal enum FileType : byte
{
    /// <summary>None of the others.</summary>
    Unknown = 0,
    /// <summary>A block device.</summary>
    BlockDevice = 1,
    /// <summary>A character device, such as a terminal.</summary>
    CharacterDevice = 2,
    /// <summary>A directory.</summary>
    Directory = 3,
    /// <summary>A regular file.</summary>
    RegularFile = 4,
    /// <summary>A datagram socket.</summary>
    SocketDgram = 5,
    /// <summary>A stream socket.</summary>
    SocketStream = 6,
    /// <summary>A symbolic link.</summary>
    SymbolicLink = 7,
}
