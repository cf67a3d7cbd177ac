using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>Section 11: data segments.</summary>
internal static class DataSection
{
    private const uint Passive = 1;
    private const uint ExplicitMemory = 2;

    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int count = reader.ReadCount(ModuleLimits.DataSegments, "data segments");
        for (int i = 0; i < count; i++)
            module.DataSegments.Add(ReadSegment(ref reader));
    }

    private static DataSegment ReadSegment(ref ByteReader reader)
    {
        int start = reader.Position;
        uint flags = reader.ReadU32();
        if (flags > ExplicitMemory)
            throw new WasmMalformedException("malformed data segment kind", start);
        uint memory = flags == ExplicitMemory ? reader.ReadU32() : 0;
        ConstantExpression? offset = flags == Passive ? null : ConstantExpressionReader.Read(ref reader);
        int lengthOffset = reader.Position;
        uint length = reader.ReadU32();
        if (length > (uint)reader.Remaining)
            throw new WasmMalformedException("unexpected end of section or function", lengthOffset);
        int contents = reader.Position;
        reader.Skip((int)length);
        return new DataSegment
        {
            Mode = flags == Passive ? SegmentMode.Passive : SegmentMode.Active,
            Memory = (int)Math.Min(memory, int.MaxValue),
            Offset = offset,
            Start = contents,
            Length = (int)length,
            Position = start,
        };
    }
}
