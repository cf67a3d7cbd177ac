namespace Lunatic.Wasm.Text;

/// <summary>An instruction of the text format.</summary>
/// <param name="Prefix">First byte of a two-part opcode, or 0.</param>
/// <param name="Code">The opcode, or (behind a prefix) its second part.</param>
/// <param name="Immediate">What follows.</param>
/// <param name="Alignment">For memory accesses: the natural alignment as a power of two.</param>
internal sealed record TextOperator(byte Prefix, ushort Code, Immediate Immediate, byte Alignment = 0)
{
    public void Write(ByteBuffer output)
    {
        if (Prefix == 0)
        {
            output.WriteByte((byte)Code);
            return;
        }
        output.WriteByte(Prefix);
        output.WriteUnsigned(Code);
    }
}
