namespace Lunatic.Wasm.Binary;

/// <summary>Section 3: the types of the module's own functions.</summary>
internal static class FunctionSection
{
    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int count = reader.ReadCount(ModuleLimits.Functions, "functions");
        for (int i = 0; i < count; i++)
        {
            int start = reader.Position;
            int typeIndex = (int)reader.ReadU32();
            module.FunctionTypeIndices.Add(typeIndex);
            module.AddFunction(typeIndex, start);
        }
    }
}
