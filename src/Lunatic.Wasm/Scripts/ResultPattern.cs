namespace Lunatic.Wasm.Scripts;

/// <summary>What a result may be.</summary>
internal abstract record ResultPattern
{
    public abstract bool Matches(WasmValue value);
}
