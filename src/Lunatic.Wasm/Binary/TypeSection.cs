using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>Section 1: types.</summary>
internal static class TypeSection
{
    private const byte FunctionForm = 0x60;
    private const byte StructForm = 0x5F;
    private const byte ArrayForm = 0x5E;
    private const byte SubForm = 0x50;
    private const byte SubFinalForm = 0x4F;
    private const byte RecursiveForm = 0x4E;

    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int count = reader.ReadCount(ModuleLimits.Types, "types");
        for (int i = 0; i < count; i++)
        {
            int start = reader.Position;
            switch (reader.ReadByte())
            {
                case FunctionForm:
                    module.Types.Add(new TypeDefinition(ReadFunctionType(ref reader, module)));
                    break;
                case ArrayForm:
                    ReadArrayType(ref reader, module);
                    module.Types.Add(new TypeDefinition(null));
                    module.Require(false, "garbage collection (an array type)", start);
                    break;
                case StructForm or SubForm or SubFinalForm or RecursiveForm:
                    throw new WasmInvalidException("garbage collection (a structure, sub or recursive type) is not supported", start);
                default:
                    throw new WasmMalformedException("malformed type", start);
            }
        }
    }

    private static WasmFunctionType ReadFunctionType(ref ByteReader reader, ModuleBuilder module)
    {
        WasmValueType[] parameters = ReadTypes(ref reader, module, ModuleLimits.Parameters, "parameters");
        WasmValueType[] results = ReadTypes(ref reader, module, ModuleLimits.Results, "results");
        return WasmFunctionType.Get(parameters, results);
    }

    private static WasmValueType[] ReadTypes(ref ByteReader reader, ModuleBuilder module, int limit, string what)
    {
        int count = reader.ReadCount(limit, what);
        if (count == 0)
            return [];
        var types = new WasmValueType[count];
        for (int i = 0; i < count; i++)
            types[i] = ValueTypeReader.Read(ref reader, module);
        return types;
    }

    private static void ReadArrayType(ref ByteReader reader, ModuleBuilder module)
    {
        // i8 and i16 are storage types only
        if (reader.PeekByte() is 0x77 or 0x78)
            reader.ReadByte();
        else
            ValueTypeReader.Read(ref reader, module);
        GlobalSection.ReadMutability(ref reader);
    }
}
