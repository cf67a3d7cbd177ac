using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Lunatic.Wasm;

/// <summary>The end of a guest by a trap, as a value.</summary>
public sealed class WasmTrap
{
    internal WasmTrap(TrapReason reason, string message, ImmutableArray<WasmFrame> stack, Exception? cause = null, int omittedFrames = 0)
    {
        Reason = reason;
        Message = message;
        Stack = stack;
        Cause = cause;
        OmittedFrames = omittedFrames;
    }

    /// <summary>Why the guest trapped.</summary>
    public TrapReason Reason { get; }

    /// <summary>One line that says what happened.</summary>
    public string Message { get; }

    /// <summary>
    /// The guest's call stack, innermost first. Of a deep stack the ends are kept: the innermost <see cref="InnermostFrames"/>,
    /// then, after <see cref="OmittedFrames"/> that are left out, the outermost.
    /// </summary>
    public ImmutableArray<WasmFrame> Stack { get; }

    /// <summary>How many frames in the middle of <see cref="Stack"/> are left out.</summary>
    public int OmittedFrames { get; }

    /// <summary>How many innermost frames of a deep stack are kept.</summary>
    public const int InnermostFrames = 96;

    /// <summary>How many outermost frames of a deep stack are kept.</summary>
    public const int OutermostFrames = 32;

    /// <summary>The exception of the host function that failed, if that was the reason.</summary>
    public Exception? Cause { get; }

    /// <summary>The message and, a line each, the frames.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Message);
        for (int i = 0; i < Stack.Length; i++)
        {
            if (i == InnermostFrames && OmittedFrames > 0)
                text.Append(CultureInfo.InvariantCulture, $"\n    ... {OmittedFrames} more");
            text.Append(CultureInfo.InvariantCulture, $"\n    at {Stack[i]}");
        }
        return text.ToString();
    }
}
