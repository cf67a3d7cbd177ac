using System.Buffers.Binary;
using System.Text;

namespace Lunatic.Runtime.Wasi;

/// <summary>Arguments or environment variables in the form in which guests ask for them: zero-terminated UTF-8, one behind the other.</summary>
internal sealed class StringTable
{
    private readonly byte[] _bytes;
    private readonly int[] _offsets;

    public StringTable(IReadOnlyCollection<string> strings)
    {
        _offsets = new int[strings.Count];
        _bytes = new byte[strings.Sum(static text => (long)Encoding.UTF8.GetByteCount(text) + 1)];
        int index = 0, offset = 0;
        foreach (string text in strings)
        {
            _offsets[index++] = offset;
            offset += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(offset)) + 1;
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _offsets.Length;

    /// <summary>Their bytes, zero bytes included.</summary>
    public int TotalBytes => _bytes.Length;

    /// <summary>Writes the texts to <paramref name="bytes"/>, which lies at <paramref name="address"/> in the guest, and the address of each to <paramref name="pointers"/>.</summary>
    public void Write(Span<byte> pointers, Span<byte> bytes, uint address)
    {
        _bytes.CopyTo(bytes);
        for (int index = 0; index < _offsets.Length; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(pointers[(index * sizeof(uint))..], address + (uint)_offsets[index]);
    }
}
