namespace Lunatic.Wasm.Binary;

/// <summary>Section 5: memories.</summary>
internal static class MemorySection
{
    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int count = reader.ReadCount(ModuleLimits.Memories, "memories");
        for (int i = 0; i < count; i++)
        {
            module.MemoryOffsets.Add(reader.Position);
            module.Memories.Add(ReadType(ref reader, module));
        }
    }

    public static WasmMemoryType ReadType(ref ByteReader reader, ModuleBuilder module)
    {
        (WasmLimits limits, WasmValueType indexType) = LimitsReader.Read(ref reader, module);
        return new WasmMemoryType(limits, indexType);
    }
}
