using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Scripts;

/// <summary>A NaN of either sign: the canonical one, or (arithmetic) any whose payload's highest bit is set.</summary>
internal sealed record NanPattern(WasmValueType Type, bool Canonical) : ResultPattern
{
    public override bool Matches(WasmValue value)
    {
        if (value.Type != Type)
            return false;
        FloatFormat format = Type == WasmValueType.F32 ? FloatFormat.Single : FloatFormat.Double;
        ulong magnitude = (ulong)value.Bits & ~format.Sign;
        return Canonical ? magnitude == format.CanonicalNan : (magnitude & format.CanonicalNan) == format.CanonicalNan;
    }

    public override string ToString() => $"{Type} nan:{(Canonical ? "canonical" : "arithmetic")}";
}
