using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>Section 7: exports.</summary>
internal static class ExportSection
{
    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int count = reader.ReadCount(ModuleLimits.Exports, "exports");
        for (int i = 0; i < count; i++)
        {
            int start = reader.Position;
            string name = reader.ReadName();
            var kind = (ExternalKind)reader.ReadByte();
            if (kind > ExternalKind.Tag)
                throw new WasmMalformedException("malformed export kind", reader.Position - 1);
            if (kind == ExternalKind.Tag)
                throw new WasmInvalidException("exception handling (an exported tag) is not supported", start);
            module.Exports.Add(new ExportEntry(name, kind, reader.ReadU32(), start));
        }
    }
}
