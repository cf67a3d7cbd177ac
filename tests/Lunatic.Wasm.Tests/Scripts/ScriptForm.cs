namespace Lunatic.Wasm.Tests.Scripts;

/// <summary>The two forms of the specification's scripts.</summary>
public enum ScriptForm
{
    Text,
    Json,
}
