namespace Lunatic.Wasm.Scripts;

/// <summary>Asserts that an action traps (<c>assert_trap</c>, <c>assert_exhaustion</c>) with a message.</summary>
internal sealed record AssertTrapCommand(string Kind, int Line, ScriptAction Action, string Message) : ScriptCommand(Kind, Line);
