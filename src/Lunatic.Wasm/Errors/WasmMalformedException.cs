namespace Lunatic.Wasm;

/// <summary>The bytes or the text are no WebAssembly module (specification: "malformed").</summary>
public sealed class WasmMalformedException : WasmException
{
    /// <summary>An error in a binary module.</summary>
    internal WasmMalformedException(string message, long offset)
        : base($"{message} (at byte {offset})")
    {
        Problem = message;
        Offset = offset;
    }

    /// <summary>An error in a module's text.</summary>
    internal WasmMalformedException(string message, int line, int column)
        : base($"{line}:{column}: {message}")
    {
        Problem = message;
        Line = line;
        Column = column;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>Byte offset in a binary module, or null.</summary>
    public long? Offset { get; }

    /// <summary>Line in a text, from 1, or null.</summary>
    public int? Line { get; }

    /// <summary>Column in a text, from 1, or null.</summary>
    public int? Column { get; }
}
