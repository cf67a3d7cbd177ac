using Lunatic.Runtime.Wasi.Stdio;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.Descriptors;

/// <summary>Standard input.</summary>
internal sealed class InputDescriptor(StandardInput input) : StreamDescriptor(RightSets.Input)
{
    /// <summary>The input; a read that finds nothing waits for it as the process, not as the thread.</summary>
    public StandardInput Input { get; } = input;

    /// <summary>Whether a read waits for input, as the guest did not ask for the contrary.</summary>
    public bool Waits => (Flags & DescriptorFlags.NonBlock) == 0;

    /// <inheritdoc/>
    public override FileType Type => Input.IsTerminal ? FileType.CharacterDevice : FileType.Unknown;

    /// <inheritdoc/>
    public override Errno Read(Span<byte> target, out int count) => Input.TryRead(target, out count);
}
