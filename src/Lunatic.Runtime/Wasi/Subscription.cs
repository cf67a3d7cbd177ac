using System.Buffers.Binary;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

/// <summary>What a guest polls for (<c>$subscription</c>).</summary>
internal readonly ref struct Subscription
{
    /// <summary>Bytes of the structure in guest memory.</summary>
    public const int Bytes = 48;

    /// <summary>Alignment of the structure, and of <c>$event</c>.</summary>
    public const int Alignment = 8;

    /// <summary>Bytes of an event (<c>$event</c>) in guest memory.</summary>
    public const int EventBytes = 32;

    private readonly ReadOnlySpan<byte> _bytes;

    public Subscription(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>What is waited for; may be none of the enumeration.</summary>
    public EventType Type => (EventType)_bytes[8];

    /// <summary>The clock.</summary>
    public int Clock => BinaryPrimitives.ReadInt32LittleEndian(_bytes[16..]);

    /// <summary>Nanoseconds: a time of the clock, or from the call on.</summary>
    public ulong Timeout => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[24..]);

    /// <summary>Whether <see cref="Timeout"/> is a time of the clock.</summary>
    public bool IsAbsolute => (_bytes[40] & 1) != 0;

    /// <summary>The descriptor.</summary>
    public int Descriptor => BinaryPrimitives.ReadInt32LittleEndian(_bytes[16..]);

    /// <summary>Writes the event of this subscription.</summary>
    public void WriteEvent(Span<byte> target, Errno error, ulong available)
    {
        Span<byte> place = target[..EventBytes];
        place.Clear();
        _bytes[..sizeof(ulong)].CopyTo(place);
        BinaryPrimitives.WriteUInt16LittleEndian(place[8..], (ushort)error);
        place[10] = (byte)Type;
        BinaryPrimitives.WriteUInt64LittleEndian(place[16..], available);
    }
}
