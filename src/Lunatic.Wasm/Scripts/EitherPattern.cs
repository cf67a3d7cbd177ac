namespace Lunatic.Wasm.Scripts;

/// <summary>One of several.</summary>
internal sealed record EitherPattern(ResultPattern[] Alternatives) : ResultPattern
{
    public override bool Matches(WasmValue value) => Array.Exists(Alternatives, alternative => alternative.Matches(value));

    public override string ToString() => string.Join(" or ", (object[])Alternatives);
}
