namespace Lunatic.Wasm;

/// <summary>The guest that calls a host function; valid only during the call.</summary>
public sealed class WasmCaller
{
}
