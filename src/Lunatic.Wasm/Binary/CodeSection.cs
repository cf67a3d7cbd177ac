using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>Section 10: function bodies. Only their ranges are read here.</summary>
internal static class CodeSection
{
    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int start = reader.Position;
        int count = reader.ReadCount(ModuleLimits.Functions, "functions");
        if (count != module.FunctionTypeIndices.Count)
            throw new WasmMalformedException("function and code section have inconsistent lengths", start);
        for (int i = 0; i < count; i++)
        {
            int bodyOffset = reader.Position;
            int length = reader.ReadLength();
            if (length > ModuleLimits.FunctionBytes)
                throw new WasmMalformedException($"function too large: {length} bytes, the limit is {ModuleLimits.FunctionBytes}", bodyOffset);
            module.Functions.Add(new FunctionDefinition(module.FunctionTypeIndices[i], reader.Position, reader.Position + length));
            reader.Skip(length);
        }
    }
}
