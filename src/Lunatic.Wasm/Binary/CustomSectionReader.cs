using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>Custom sections: a name, and anything.</summary>
internal static class CustomSectionReader
{
    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        string name = reader.ReadName();
        module.CustomSections.Add(new CustomSection(name, reader.Position, reader.Remaining));
        reader.Skip(reader.Remaining);
    }
}
