namespace Lunatic.Wasm.Text;

/// <summary>A section that is a vector: its items' bytes and their number.</summary>
internal sealed class Section(byte id)
{
    public ByteBuffer Items { get; } = new();

    public uint Count { get; set; }

    /// <summary>Appends the section to a module; nothing when it is empty.</summary>
    public void Write(ByteBuffer module)
    {
        if (Count == 0)
            return;
        var content = new ByteBuffer();
        content.WriteUnsigned(Count);
        content.WriteBytes(Items.Written);
        module.WriteByte(id);
        module.WriteSized(content);
    }
}
