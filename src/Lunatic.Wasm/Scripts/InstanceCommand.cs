namespace Lunatic.Wasm.Scripts;

/// <summary>Makes an instance of a module that was defined before.</summary>
/// <param name="Line">Line in the script.</param>
/// <param name="Instance">Name of the instance.</param>
/// <param name="Module">Name of the definition, or null for the last one.</param>
internal sealed record InstanceCommand(int Line, string? Instance, string? Module) : ScriptCommand("module_instance", Line);
