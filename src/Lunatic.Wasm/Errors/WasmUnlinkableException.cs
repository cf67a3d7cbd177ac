namespace Lunatic.Wasm;

/// <summary>An import is unknown or of another type than the module wants (specification: "unlinkable").</summary>
public sealed class WasmUnlinkableException : WasmException
{
    internal WasmUnlinkableException(string message, string importModule, string importName)
        : base($"{message} (import \"{importModule}\" \"{importName}\")")
    {
        Problem = message;
        ImportModule = importModule;
        ImportName = importName;
    }

    /// <summary>What is wrong, without the import's name.</summary>
    public string Problem { get; }

    /// <summary>The import's module name.</summary>
    public string ImportModule { get; }

    /// <summary>The import's own name.</summary>
    public string ImportName { get; }
}
