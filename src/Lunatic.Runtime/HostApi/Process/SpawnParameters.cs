using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi.Process;

/// <summary>The arguments of an entry function as guests pack them: 17 bytes each, the type's code and 16 bytes of value, of which the low bits count.</summary>
internal static class SpawnParameters
{
    /// <summary>Bytes of one argument.</summary>
    public const int Size = 17;

    private const byte I32 = 0x7F;
    private const byte I64 = 0x7E;
    private const byte V128 = 0x7B;

    /// <summary>Unpacks arguments.</summary>
    /// <returns>False: <paramref name="error"/> says what is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packed, [NotNullWhen(true)] out WasmValue[]? values, [NotNullWhen(false)] out string? error)
    {
        values = null;
        error = null;
        if (packed.Length % Size != 0)
        {
            error = $"the parameters are {packed.Length} bytes; {Size} bytes each were expected";
            return false;
        }
        var result = new WasmValue[packed.Length / Size];
        for (int i = 0; i < result.Length; i++)
        {
            ReadOnlySpan<byte> item = packed.Slice(i * Size, Size);
            UInt128 bits = BinaryPrimitives.ReadUInt128LittleEndian(item[1..]);
            switch (item[0])
            {
                case I32:
                    result[i] = WasmValue.FromInt32((int)(uint)bits);
                    break;
                case I64:
                    result[i] = WasmValue.FromInt64((long)(ulong)bits);
                    break;
                case V128:
                    result[i] = WasmValue.FromVector(bits);
                    break;
                default:
                    error = $"parameter {i} is of type 0x{item[0]:x2}, which cannot be passed: 0x{I32:x2} is i32, 0x{I64:x2} i64, 0x{V128:x2} v128";
                    return false;
            }
        }
        values = result;
        return true;
    }
}
