namespace Lunatic.Wasm.Scripts;

/// <summary>Does something without asserting more than that it does not trap.</summary>
internal sealed record ActionCommand(int Line, ScriptAction Action) : ScriptCommand("action", Line);
