using System.Collections.Immutable;

namespace Lunatic.Wasm;

/// <summary>The end of a guest by a trap, as a value.</summary>
public sealed class WasmTrap
{
    internal WasmTrap(TrapReason reason, string message, ImmutableArray<WasmFrame> stack, Exception? cause = null)
    {
        Reason = reason;
        Message = message;
        Stack = stack;
        Cause = cause;
    }

    /// <summary>Why the guest trapped.</summary>
    public TrapReason Reason { get; }

    /// <summary>One line that says what happened.</summary>
    public string Message { get; }

    /// <summary>The guest's call stack, innermost first.</summary>
    public ImmutableArray<WasmFrame> Stack { get; }

    /// <summary>The exception of the host function that failed, if that was the reason.</summary>
    public Exception? Cause { get; }

    /// <summary>The message and, a line each, the frames.</summary>
    public override string ToString() => Stack.IsEmpty ? Message : $"{Message}\n{string.Join('\n', Stack.Select(frame => $"    at {frame}"))}";
}
