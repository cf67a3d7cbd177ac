namespace Lunatic.Wasm.Scripts;

/// <summary>A command that is not supported; it is skipped.</summary>
internal sealed record UnsupportedCommand(string Kind, int Line) : ScriptCommand(Kind, Line);
