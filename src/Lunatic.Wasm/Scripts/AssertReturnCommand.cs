namespace Lunatic.Wasm.Scripts;

/// <summary>Asserts results.</summary>
internal sealed record AssertReturnCommand(int Line, ScriptAction Action, ResultPattern[] Expected) : ScriptCommand("assert_return", Line);
