namespace Lunatic.Wasm;

/// <summary>Something that instances of a module offer.</summary>
/// <param name="Name">Its name, unique within the module.</param>
/// <param name="Type">What it is.</param>
public sealed record WasmExport(string Name, WasmExternalType Type)
{
    /// <summary>Index in the index space of its kind (imports first).</summary>
    internal int Index { get; init; }
}
