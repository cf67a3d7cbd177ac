using System.Buffers.Binary;

namespace Lunatic.Runtime.Wasi.Types;

/// <summary>An entry of a directory listing (<c>$dirent</c> and the name behind it).</summary>
internal readonly record struct DirectoryEntry(ulong Inode, FileType Type, byte[] Name)
{
    /// <summary>Bytes of the structure before the name.</summary>
    public const int HeaderBytes = 24;

    /// <summary>Writes structure and name, cut where <paramref name="target"/> ends, and returns the number of bytes written.</summary>
    public int Write(Span<byte> target, ulong nextCookie)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, nextCookie);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], Inode);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], Name.Length);
        header[20] = (byte)Type;
        int headerPart = Math.Min(HeaderBytes, target.Length);
        header[..headerPart].CopyTo(target);
        int namePart = Math.Min(Name.Length, target.Length - headerPart);
        Name.AsSpan(0, namePart).CopyTo(target[headerPart..]);
        return headerPart + namePart;
    }
}
