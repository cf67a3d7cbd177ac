namespace Lunatic.Wasm.Text;

/// <summary>The sections of the module that is being written.</summary>
internal sealed class ModuleSections
{
    private const byte StartSection = 8;
    private const byte DataCountSection = 12;

    public Section Types { get; } = new(1);

    public Section Imports { get; } = new(2);

    public Section Functions { get; } = new(3);

    public Section Tables { get; } = new(4);

    public Section Memories { get; } = new(5);

    public Section Tags { get; } = new(13);

    public Section Globals { get; } = new(6);

    public Section Exports { get; } = new(7);

    public uint? Start { get; set; }

    public Section Elements { get; } = new(9);

    public Section Code { get; } = new(10);

    public Section Data { get; } = new(11);

    /// <summary>The module in the binary format.</summary>
    public byte[] ToArray(bool dataCount, NameSectionWriter names)
    {
        var module = new ByteBuffer();
        module.WriteBytes("\0asm\u0001\0\0\0"u8);
        Types.Write(module);
        Imports.Write(module);
        Functions.Write(module);
        Tables.Write(module);
        Memories.Write(module);
        Tags.Write(module);
        Globals.Write(module);
        Exports.Write(module);
        if (Start is uint start)
            WriteNumber(StartSection, start, module);
        Elements.Write(module);
        if (dataCount)
            WriteNumber(DataCountSection, Data.Count, module);
        Code.Write(module);
        Data.Write(module);
        names.Write(module);
        return module.ToArray();
    }

    private static void WriteNumber(byte section, uint number, ByteBuffer module)
    {
        var content = new ByteBuffer();
        content.WriteUnsigned(number);
        module.WriteByte(section);
        module.WriteSized(content);
    }
}
