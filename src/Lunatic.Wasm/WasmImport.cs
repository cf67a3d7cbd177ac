namespace Lunatic.Wasm;

/// <summary>Something that a module wants to be given when it is linked.</summary>
/// <param name="Module">Name of the module it comes from.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Type">What it has to be.</param>
public sealed record WasmImport(string Module, string Name, WasmExternalType Type);
