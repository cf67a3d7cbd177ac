using System.Buffers.Binary;
using System.Text;

namespace Lunatic.Runtime.HostApi;

// Guest memory. Pointers and lengths come from the guest, are unsigned, and are checked in 64 bits. Each method returns false after it made the call trap.
internal sealed partial class ProcessContext
{
    private const int MaxNameBytes = 64 << 10;

    /// <summary>The bytes [pointer, pointer + length) of the guest's memory, valid until the host function returns; an empty range must lie inside it, too.</summary>
    public bool TryGetMemory(int pointer, int length, out Span<byte> bytes) => TryGetMemory(pointer, (long)(uint)length, out bytes);

    /// <summary>The same for a length of more than 32 bits (a count times a size), never negative.</summary>
    public bool TryGetMemory(int pointer, long length, out Span<byte> bytes)
    {
        if (Caller.TryGetMemory((uint)pointer, (ulong)length, out bytes))
            return true;
        TrapOutside(pointer, length);
        return false;
    }

    /// <summary>A string of UTF-8 bytes.</summary>
    /// <param name="pointer">Where it starts.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="what">What it is, for the trap's text: "function name".</param>
    /// <param name="text">The string.</param>
    public bool TryReadString(int pointer, int length, string what, out string text)
    {
        text = "";
        if (!TryGetMemory(pointer, length, out Span<byte> bytes))
            return false;
        if (!TryKeep(bytes.Length))
            return false;
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            Trap($"the {what} (pointer 0x{pointer:x}, {(uint)length} bytes) is not valid UTF-8");
            return false;
        }
        text = Encoding.UTF8.GetString(bytes);
        return true;
    }

    /// <summary>A name for a registry: a string that is not too long.</summary>
    public bool TryReadName(int pointer, int length, out string name)
    {
        name = "";
        if (!TryGetMemory(pointer, length, out _))
            return false;
        if (length <= MaxNameBytes)
            return TryReadString(pointer, length, "name", out name);
        Trap($"the name has {(uint)length} bytes; names have at most {MaxNameBytes}");
        return false;
    }

    /// <summary>Writes a little-endian 64-bit number; no alignment is asked for.</summary>
    public bool TryWriteInt64(int pointer, long value)
    {
        if (!TryGetMemory(pointer, sizeof(long), out Span<byte> bytes))
            return false;
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return true;
    }

    private void TrapOutside(int pointer, long length)
    {
        if (!Caller.HasMemory)
            Trap("the module exports no memory named \"memory\"");
        else if ((uint)pointer + (ulong)length <= (ulong)Caller.MemoryLength)
            Trap($"length {length} at pointer 0x{(uint)pointer:x} is more than the {int.MaxValue} bytes that one call can handle");
        else
            Trap($"pointer 0x{(uint)pointer:x} with length {length} lies outside the memory of {Caller.MemoryLength} bytes");
    }
}
