namespace Lunatic.Wasm.Scripts;

/// <summary>Offers the exports of an instance to later modules.</summary>
/// <param name="Line">Line in the script.</param>
/// <param name="As">Module name for imports.</param>
/// <param name="Instance">Name of the instance, or null for the last one.</param>
internal sealed record RegisterCommand(int Line, string As, string? Instance) : ScriptCommand("register", Line);
