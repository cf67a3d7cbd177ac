namespace Lunatic.Wasm.Binary;

/// <summary>Section 8: the start function.</summary>
internal static class StartSection
{
    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        module.StartOffset = reader.Position;
        module.Start = (int)Math.Min(reader.ReadU32(), int.MaxValue);
    }
}
