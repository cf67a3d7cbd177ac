namespace Lunatic.Wasm.Binary;

/// <summary>Section 4: tables.</summary>
internal static class TableSection
{
    private const byte InitializedForm = 0x40;

    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int count = reader.ReadCount(ModuleLimits.Tables, "tables");
        for (int i = 0; i < count; i++)
        {
            int start = reader.Position;
            bool isInitialized = reader.PeekByte() == InitializedForm;
            if (isInitialized)
            {
                reader.ReadByte();
                if (reader.ReadByte() != 0)
                    throw new WasmMalformedException("zero byte expected", reader.Position - 1);
                module.Require(module.Features.TypedReferences, "a table with an initial value", start);
            }
            module.TableOffsets.Add(start);
            module.Tables.Add(ReadType(ref reader, module));
            module.TableInitializers.Add(isInitialized ? ConstantExpressionReader.Read(ref reader) : null);
        }
    }

    public static WasmTableType ReadType(ref ByteReader reader, ModuleBuilder module)
    {
        WasmValueType elementType = ValueTypeReader.ReadReference(ref reader, module);
        (WasmLimits limits, WasmValueType indexType) = LimitsReader.Read(ref reader, module);
        return new WasmTableType(elementType, limits, indexType);
    }
}
