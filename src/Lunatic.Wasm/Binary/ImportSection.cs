using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>Section 2: imports.</summary>
internal static class ImportSection
{
    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int count = reader.ReadCount(ModuleLimits.Imports, "imports");
        for (int i = 0; i < count; i++)
        {
            string moduleName = reader.ReadName();
            string name = reader.ReadName();
            module.Imports.Add(new WasmImport(moduleName, name, ReadType(ref reader, module)));
        }
    }

    private static WasmExternalType ReadType(ref ByteReader reader, ModuleBuilder module)
    {
        int start = reader.Position;
        switch ((ExternalKind)reader.ReadByte())
        {
            case ExternalKind.Function:
                int offset = reader.Position;
                int typeIndex = (int)reader.ReadU32();
                module.AddFunction(typeIndex, offset);
                module.ImportedFunctions++;
                return module.FunctionType(typeIndex, offset);
            case ExternalKind.Table:
                module.TableOffsets.Add(reader.Position);
                WasmTableType table = TableSection.ReadType(ref reader, module);
                module.Tables.Add(table);
                return table;
            case ExternalKind.Memory:
                module.MemoryOffsets.Add(reader.Position);
                WasmMemoryType memory = MemorySection.ReadType(ref reader, module);
                module.Memories.Add(memory);
                return memory;
            case ExternalKind.Global:
                WasmGlobalType global = GlobalSection.ReadType(ref reader, module);
                module.Globals.Add(global);
                return global;
            case ExternalKind.Tag:
                throw new WasmInvalidException("exception handling (an imported tag) is not supported", start);
            default:
                throw new WasmMalformedException("malformed import kind", start);
        }
    }
}
