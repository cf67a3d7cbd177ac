namespace Lunatic.Wasm.Scripts;

/// <summary>A command of a script.</summary>
/// <param name="Kind">The command's name, as in the JSON form: <c>module</c>, <c>assert_return</c> …</param>
/// <param name="Line">Line in the script, from 1.</param>
internal abstract record ScriptCommand(string Kind, int Line);
