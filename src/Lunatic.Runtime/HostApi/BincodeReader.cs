using System.Buffers.Binary;

namespace Lunatic.Runtime.HostApi;

/// <summary>Reads what a guest has encoded in bincode (fixed width, little-endian). After a mistake <see cref="Failed"/> is set, and all reads give 0 or nothing.</summary>
internal ref struct BincodeReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether more was read than there is.</summary>
    public bool Failed { get; private set; }

    /// <summary>An enum's index.</summary>
    public uint UInt32() => Take(sizeof(uint)) is { Length: sizeof(uint) } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    /// <summary>A number.</summary>
    public ulong UInt64() => Take(sizeof(ulong)) is { Length: sizeof(ulong) } bytes ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    /// <summary>Bytes or a string, by length.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(UInt64());

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (Failed || length > (ulong)_rest.Length)
        {
            Failed = true;
            return [];
        }
        ReadOnlySpan<byte> taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
