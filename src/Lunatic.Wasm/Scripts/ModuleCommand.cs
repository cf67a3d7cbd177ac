namespace Lunatic.Wasm.Scripts;

/// <summary>Defines a module and, unless it is only a definition, makes an instance of it.</summary>
internal sealed record ModuleCommand(int Line, string? Name, ModuleSource Source, bool DefinitionOnly)
    : ScriptCommand(DefinitionOnly ? "module_definition" : "module", Line);
