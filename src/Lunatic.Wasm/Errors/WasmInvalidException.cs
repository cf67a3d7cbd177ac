namespace Lunatic.Wasm;

/// <summary>The module is well-formed but not valid (specification: "invalid").</summary>
public sealed class WasmInvalidException : WasmException
{
    internal WasmInvalidException(string message, long offset, int? functionIndex = null, string? functionName = null)
        : base(functionIndex is int index
            ? $"{message} (in function {index}{(functionName is null ? "" : $" \"{functionName}\"")}, at byte {offset})"
            : $"{message} (at byte {offset})")
    {
        Problem = message;
        Offset = offset;
        FunctionIndex = functionIndex;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>Byte offset in the module (of a text module: in its binary form).</summary>
    public long Offset { get; }

    /// <summary>Index of the function that is at fault, or null.</summary>
    public int? FunctionIndex { get; }
}
