using Lunatic.Wasm.Collections;

namespace Lunatic.Wasm.Text;

/// <summary>The custom section "name": what the text calls the module, its functions and their locals.</summary>
internal sealed class NameSectionWriter
{
    private const byte CustomSection = 0;

    private readonly ByteBuffer _locals = new();
    private uint _functionsWithLocals;

    public string? Module { get; set; }

    /// <summary>Adds the named locals of a function; functions come in order.</summary>
    public void AddLocals(uint function, ArrayBuilder<IndexedName> names)
    {
        if (names.Count == 0)
            return;
        _locals.WriteUnsigned(function);
        WriteMap(names, _locals);
        _functionsWithLocals++;
    }

    /// <summary>The names of the functions.</summary>
    public ArrayBuilder<IndexedName> Functions { get; set; } = new();

    public void Write(ByteBuffer module)
    {
        if (Module is null && Functions.Count == 0 && _functionsWithLocals == 0)
            return;
        var section = new ByteBuffer();
        section.WriteName("name");
        var content = new ByteBuffer();
        if (Module is not null)
        {
            content.WriteName(Module);
            WriteSubsection(0, content, section);
        }
        if (Functions.Count > 0)
        {
            WriteMap(Functions, content);
            WriteSubsection(1, content, section);
        }
        if (_functionsWithLocals > 0)
        {
            content.WriteUnsigned(_functionsWithLocals);
            content.WriteBytes(_locals.Written);
            WriteSubsection(2, content, section);
        }
        module.WriteByte(CustomSection);
        module.WriteSized(section);
    }

    private static void WriteSubsection(byte id, ByteBuffer content, ByteBuffer section)
    {
        section.WriteByte(id);
        section.WriteSized(content);
        content.Truncate(0);
    }

    private static void WriteMap(ArrayBuilder<IndexedName> names, ByteBuffer output)
    {
        output.WriteUnsigned((ulong)names.Count);
        for (int i = 0; i < names.Count; i++)
        {
            output.WriteUnsigned(names[i].Index);
            output.WriteName(names[i].Name);
        }
    }
}
