namespace Lunatic.Wasm.Scripts;

/// <summary>A command of a script failed; the message becomes its result.</summary>
internal sealed class ScriptFailureException(string message) : Exception(message);
