using System.Buffers.Binary;
using System.Text;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>PEM texts in guest memory.</summary>
internal static class GuestPem
{
    /// <summary>Most bytes of one text.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Most texts of one call.</summary>
    public const int MaxTexts = 256;

    private const int EntryBytes = 8;

    /// <summary>Reads a text; traps on a bad pointer.</summary>
    public static bool TryRead(ProcessContext context, int pointer, int length, out string text)
    {
        text = "";
        if (!context.TryGetMemory(pointer, length, out Span<byte> bytes))
            return false;
        if (bytes.Length > MaxBytes)
        {
            context.Trap($"a PEM text of {bytes.Length} bytes is longer than {MaxBytes}");
            return false;
        }
        text = Encoding.Latin1.GetString(bytes);
        return true;
    }

    /// <summary>
    /// Reads an array of texts: a 32-bit pointer and length each. The guest library 0.14.1 writes them the other way round, which is what an entry
    /// means where it makes no sense as it should be. Traps on a bad pointer.
    /// </summary>
    public static bool TryReadAll(ProcessContext context, int array, int count, out string[] texts)
    {
        texts = [];
        if (count == 0)
            return true;
        if (!context.TryGetMemory(array, (long)(uint)count * EntryBytes, out Span<byte> entries))
            return false;
        if ((uint)count > MaxTexts)
        {
            context.Trap($"{(uint)count} certificates are more than {MaxTexts}");
            return false;
        }
        texts = new string[count];
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> entry = entries.Slice(index * EntryBytes, EntryBytes);
            uint first = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            uint second = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
            bool isSwapped = IsSwapped(context, first, second);
            if (!TryRead(context, (int)(isSwapped ? second : first), (int)(isSwapped ? first : second), out texts[index]))
                return false;
        }
        return true;
    }

    // a text that begins like one is surer than one with something of the kind somewhere in it: the wrong range may well contain the right one
    private static bool IsSwapped(ProcessContext context, uint first, uint second)
    {
        int place = PlaceOfPem(context, first, second);
        int swappedPlace = PlaceOfPem(context, second, first);
        return place != 0 && swappedPlace >= 0 && (place < 0 || swappedPlace == 0);
    }

    private static int PlaceOfPem(ProcessContext context, uint pointer, uint length) =>
        context.Caller.TryGetMemory(pointer, length, out Span<byte> bytes) && bytes.Length <= MaxBytes ? bytes.IndexOf("-----BEGIN "u8) : -1;
}
