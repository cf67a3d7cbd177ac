namespace Lunatic.Wasm.Binary;

/// <summary>Limits of tables and memories, with the type of their indices.</summary>
internal static class LimitsReader
{
    private const int HasMaximum = 1;
    private const int IsShared = 2;
    private const int Has64BitIndex = 4;

    public static (WasmLimits Limits, WasmValueType IndexType) Read(ref ByteReader reader, ModuleBuilder module)
    {
        int start = reader.Position;
        byte flags = reader.ReadByte();
        if (flags > (HasMaximum | IsShared | Has64BitIndex))
            throw new WasmMalformedException("malformed limits flags", start);
        if ((flags & IsShared) != 0)
            throw new WasmInvalidException("threads (a shared memory) is not supported", start);
        WasmValueType indexType = (flags & Has64BitIndex) != 0 ? WasmValueType.I64 : WasmValueType.I32;
        if (indexType == WasmValueType.I64)
            module.Require(module.Features.Memory64, "memory64 (a 64-bit memory or table)", start);
        ulong minimum = reader.ReadU64();
        ulong? maximum = (flags & HasMaximum) != 0 ? reader.ReadU64() : null;
        return (new WasmLimits(minimum, maximum), indexType);
    }
}
