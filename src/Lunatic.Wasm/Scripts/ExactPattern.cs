namespace Lunatic.Wasm.Scripts;

/// <summary>A number or vector, bit by bit.</summary>
internal sealed record ExactPattern(WasmValue Expected) : ResultPattern
{
    public override bool Matches(WasmValue value) => value == Expected;

    public override string ToString() => Expected.ToString();
}
