using Lunatic.Wasm.Binary;

namespace Lunatic.Wasm.Model;

/// <summary>
/// Names from the custom section "name"; of functions that it does not name, those of their first exports.
/// They never decide anything, so a broken section only ends the reading of it.
/// </summary>
internal sealed class ModuleNames
{
    private ModuleNames(string? module, Dictionary<int, string> functions)
    {
        Module = module;
        Functions = functions;
    }

    public string? Module { get; }

    public IReadOnlyDictionary<int, string> Functions { get; }

    public static ModuleNames Read(ModuleDefinition module)
    {
        var functions = new Dictionary<int, string>();
        string? moduleName = null;
        foreach (CustomSection section in module.CustomSections)
        {
            if (section.Name != "name")
                continue;
            try
            {
                ReadSubsections(new ByteReader(module.Bytes.Span, section.Start, section.Start + section.Length), functions, ref moduleName);
            }
            catch (WasmMalformedException)
            {
                // what was read until here stands
            }
            break;
        }
        foreach (WasmExport export in module.Exports)
        {
            if (export.Type is WasmFunctionType)
                functions.TryAdd(export.Index, export.Name);
        }
        return new ModuleNames(moduleName, functions);
    }

    private static void ReadSubsections(ByteReader reader, Dictionary<int, string> functions, ref string? moduleName)
    {
        while (!reader.AtEnd)
        {
            int id = reader.ReadByte();
            ByteReader subsection = reader.ReadRange(reader.ReadLength());
            switch (id)
            {
                case 0:
                    moduleName = subsection.ReadName();
                    break;
                case 1:
                    for (uint count = subsection.ReadU32(); count > 0; count--)
                    {
                        uint index = subsection.ReadU32();
                        functions[(int)index] = subsection.ReadName();
                    }
                    break;
                default:
                    break;
            }
        }
    }
}
