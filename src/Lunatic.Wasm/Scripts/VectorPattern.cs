using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Scripts;

/// <summary>A vector of floats of which some are NaNs, the others bit by bit.</summary>
internal sealed record VectorPattern(VectorShape Shape, VectorPattern.Lane[] Lanes) : ResultPattern
{
    /// <summary>The pattern of a vector with these lanes.</summary>
    public static ResultPattern Of(VectorShape shape, Lane[] lanes)
    {
        if (Array.Exists(lanes, lane => lane.Nan is not null))
            return new VectorPattern(shape, lanes);
        UInt128 bits = 0;
        for (int i = 0; i < lanes.Length; i++)
            bits |= shape.Place(i, lanes[i].Bits);
        return new ExactPattern(WasmValue.FromVector(bits));
    }

    /// <summary>The type of a lane that holds a float.</summary>
    public static WasmValueType LaneType(VectorShape shape) => shape.Bits == 32 ? WasmValueType.F32 : WasmValueType.F64;

    public override bool Matches(WasmValue value)
    {
        if (!value.Type.IsVector)
            return false;
        for (int i = 0; i < Lanes.Length; i++)
        {
            WasmValue lane = WasmValue.FromBits(LaneType(Shape), value.Bits >> (i * Shape.Bits));
            if (Lanes[i].Nan is NanPattern nan ? !nan.Matches(lane) : (ulong)lane.Bits != Lanes[i].Bits)
                return false;
        }
        return true;
    }

    public override string ToString() => $"v128 ({string.Join(", ", Lanes)})";

    /// <summary>What a lane may be.</summary>
    /// <param name="Bits">The bits it has to have.</param>
    /// <param name="Nan">Or the NaN that it has to be.</param>
    internal readonly record struct Lane(ulong Bits, NanPattern? Nan)
    {
        public override string ToString() => Nan?.ToString() ?? $"0x{Bits:x}";
    }
}
