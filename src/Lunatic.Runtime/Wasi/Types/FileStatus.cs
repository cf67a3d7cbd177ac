using System.Buffers.Binary;

namespace Lunatic.Runtime.Wasi.Types;

/// <summary>What is known about a file (<c>$filestat</c>); times in nanoseconds since 1970.</summary>
internal readonly record struct FileStatus(ulong Device, ulong Inode, FileType Type, ulong Links, ulong Size, ulong AccessTime, ulong ModificationTime, ulong ChangeTime)
{
    /// <summary>Bytes of the structure in guest memory.</summary>
    public const int Bytes = 64;

    /// <summary>Alignment of the structure in guest memory.</summary>
    public const int Alignment = 8;

    /// <summary>Writes the structure as the guest reads it.</summary>
    public void Write(Span<byte> target)
    {
        target[..Bytes].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(target, Device);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], Inode);
        target[16] = (byte)Type;
        BinaryPrimitives.WriteUInt64LittleEndian(target[24..], Links);
        BinaryPrimitives.WriteUInt64LittleEndian(target[32..], Size);
        BinaryPrimitives.WriteUInt64LittleEndian(target[40..], AccessTime);
        BinaryPrimitives.WriteUInt64LittleEndian(target[48..], ModificationTime);
        BinaryPrimitives.WriteUInt64LittleEndian(target[56..], ChangeTime);
    }
}
