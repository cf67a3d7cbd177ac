namespace Lunatic.Wasm.Scripts;

/// <summary>Something a script does with an instance.</summary>
/// <param name="Instance">Name of the instance, or null for the last one.</param>
/// <param name="Export">The export.</param>
/// <param name="Arguments">Arguments of a call; null to read a global.</param>
internal sealed record ScriptAction(string? Instance, string Export, WasmValue[]? Arguments);
