using System.Runtime.InteropServices;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>What Linux's statx tells (<c>struct statx</c>, the same on every processor).</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct Statx
{
    [FieldOffset(16)] private readonly uint _links;
    [FieldOffset(28)] private readonly ushort _mode;
    [FieldOffset(32)] private readonly ulong _inode;
    [FieldOffset(40)] private readonly ulong _size;
    [FieldOffset(64)] private readonly Time _accessed;
    [FieldOffset(96)] private readonly Time _changed;
    [FieldOffset(112)] private readonly Time _modified;
    [FieldOffset(136)] private readonly uint _deviceMajor;
    [FieldOffset(140)] private readonly uint _deviceMinor;

    /// <summary>The kind of file.</summary>
    public FileType Type => (_mode & 0xf000) switch
    {
        0x2000 => FileType.CharacterDevice,
        0x4000 => FileType.Directory,
        0x6000 => FileType.BlockDevice,
        0x8000 => FileType.RegularFile,
        0xa000 => FileType.SymbolicLink,
        0xc000 => FileType.SocketStream,
        _ => FileType.Unknown,
    };

    /// <summary>The same in the terms of WASI.</summary>
    public FileStatus ToStatus() => new(
        (ulong)_deviceMajor << 32 | _deviceMinor, _inode, Type, _links, _size, _accessed.Nanoseconds, _modified.Nanoseconds, _changed.Nanoseconds);

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private readonly struct Time
    {
        private readonly long _seconds;
        private readonly uint _fraction;

        // times before 1970 do not exist for WASI
        public ulong Nanoseconds => _seconds < 0 ? 0 : unchecked((ulong)_seconds * 1_000_000_000 + _fraction);
    }
}
