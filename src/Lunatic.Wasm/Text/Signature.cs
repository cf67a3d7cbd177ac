namespace Lunatic.Wasm.Text;

/// <summary>Parameters and results of a function or block, in the binary format's encoding. Reused from one type use to the next.</summary>
internal sealed class Signature
{
    public ByteBuffer Parameters { get; } = new();

    public uint ParameterCount { get; set; }

    public ByteBuffer Results { get; } = new();

    public uint ResultCount { get; set; }

    public bool IsEmpty => ParameterCount == 0 && ResultCount == 0;

    public void Clear()
    {
        Parameters.Truncate(0);
        Results.Truncate(0);
        ParameterCount = ResultCount = 0;
    }
}
