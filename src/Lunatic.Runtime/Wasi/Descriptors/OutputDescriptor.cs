using Lunatic.Runtime.Wasi.Stdio;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.Descriptors;

/// <summary>Standard output or error.</summary>
internal sealed class OutputDescriptor(StandardOutput output) : StreamDescriptor(RightSets.Output)
{
    /// <inheritdoc/>
    public override FileType Type => output.IsTerminal ? FileType.CharacterDevice : FileType.Unknown;

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> data, out int count)
    {
        Errno error = output.Write(data);
        count = error == Errno.Success ? data.Length : 0;
        return error;
    }
}
