namespace Lunatic.Wasm.Binary;

/// <summary>Section 6: globals.</summary>
internal static class GlobalSection
{
    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int count = reader.ReadCount(ModuleLimits.Globals, "globals");
        for (int i = 0; i < count; i++)
        {
            module.Globals.Add(ReadType(ref reader, module));
            module.GlobalInitializers.Add(ConstantExpressionReader.Read(ref reader));
        }
    }

    public static WasmGlobalType ReadType(ref ByteReader reader, ModuleBuilder module)
    {
        WasmValueType type = ValueTypeReader.Read(ref reader, module);
        return new WasmGlobalType(type, ReadMutability(ref reader));
    }

    public static bool ReadMutability(ref ByteReader reader) => reader.ReadByte() switch
    {
        0 => false,
        1 => true,
        _ => throw new WasmMalformedException("malformed mutability", reader.Position - 1),
    };
}
