using System.Buffers.Binary;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>Reads all entries of a directory at once, so that a guest sees one state however often it comes back for more.</summary>
internal static class DirectoryListing
{
    private const int BufferBytes = 32 * 1024;
    private const int NameOffset = 19;

    public static Errno Read(DescriptorHandle directory, out List<DirectoryEntry> entries)
    {
        entries = [];
        Errno error = HostDirectory.GetStatus(directory, out Statx own);
        if (error != Errno.Success)
            return error;
        // opened anew: its own offset, and the handle may be shared
        using DescriptorHandle handle = LinuxCalls.OpenAt(
            directory, in ZeroTerminated.Here[0], LinuxFlags.ReadOnly | LinuxFlags.Directory | LinuxFlags.CloseOnExec, 0);
        if (handle.IsInvalid)
            return LinuxErrors.Last();
        ulong inode = own.ToStatus().Inode;
        entries.Add(new DirectoryEntry(inode, FileType.Directory, "."u8.ToArray()));
        // what lies above is none of the guest's business
        entries.Add(new DirectoryEntry(inode, FileType.Directory, ".."u8.ToArray()));
        byte[] buffer = new byte[BufferBytes];
        while (true)
        {
            nint length = LinuxCalls.ReadDirectory(handle, ref buffer[0], BufferBytes);
            if (length <= 0)
                return LinuxErrors.Check(length);
            Add(buffer.AsSpan(0, (int)length), handle, entries);
        }
    }

    // struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name with zero byte
    private static void Add(ReadOnlySpan<byte> records, DescriptorHandle directory, List<DirectoryEntry> entries)
    {
        while (!records.IsEmpty)
        {
            ReadOnlySpan<byte> record = records[..BinaryPrimitives.ReadUInt16LittleEndian(records[16..])];
            records = records[record.Length..];
            ReadOnlySpan<byte> name = record[NameOffset..];
            name = name[..name.IndexOf((byte)0)];
            if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
                continue;
            entries.Add(new DirectoryEntry(BinaryPrimitives.ReadUInt64LittleEndian(record), TypeOf(record[18], directory, name), name.ToArray()));
        }
    }

    private static FileType TypeOf(byte type, DescriptorHandle directory, ReadOnlySpan<byte> name) => type switch
    {
        // some file systems do not say
        0 => LinuxCalls.Statx(directory, in ZeroTerminated.FromBytes(name)[0], LinuxFlags.NoFollowPath, LinuxFlags.BasicStatus, out Statx status) == 0
            ? status.Type
            : FileType.Unknown,
        2 => FileType.CharacterDevice,
        4 => FileType.Directory,
        6 => FileType.BlockDevice,
        8 => FileType.RegularFile,
        10 => FileType.SymbolicLink,
        12 => FileType.SocketStream,
        _ => FileType.Unknown,
    };
}
