using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Vectors;

/// <summary>Form and types of a vector operator.</summary>
/// <param name="Form">What it takes and leaves.</param>
/// <param name="Scalar">The type of a scalar operand or result.</param>
/// <param name="Lanes">Number of lanes that its immediate lane index chooses from, or of both vectors of a shuffle.</param>
/// <param name="Alignment">Of a memory access: log2 of the bytes moved, which is the largest alignment allowed.</param>
internal readonly record struct VectorSignature(VectorForm Form, WasmValueType Scalar = default, int Lanes = 0, int Alignment = 0)
{
    private const int Codes = 0x100;

    private static readonly VectorSignature[] Table = MakeTable();

    /// <summary>Whether there is an operator with this code behind the prefix 0xFD.</summary>
    public static bool IsDefined(uint code) => code < Codes && Table[code].Form != VectorForm.None;

    /// <summary>The signature of an operator from v128.load on.</summary>
    public static ref readonly VectorSignature Of(Opcode opcode) => ref Table[opcode - Opcode.V128Load];

    private static VectorSignature[] MakeTable()
    {
        WasmValueType i32 = WasmValueType.I32, i64 = WasmValueType.I64, f32 = WasmValueType.F32, f64 = WasmValueType.F64;
        var table = new VectorSignature[Codes];
        // most of them; the rest overwrites
        foreach (Opcode opcode in Enum.GetValues<Opcode>())
        {
            if (opcode >= Opcode.V128Load)
                Set(opcode, new(VectorForm.Binary));
        }

        int[] loads = [4, 3, 3, 3, 3, 3, 3, 0, 1, 2, 3];
        for (int i = 0; i < loads.Length; i++)
            Set(Opcode.V128Load + (ushort)i, new(VectorForm.Load, Alignment: loads[i]));
        Set(Opcode.V128Load32Zero, new(VectorForm.Load, Alignment: 2));
        Set(Opcode.V128Load64Zero, new(VectorForm.Load, Alignment: 3));
        Set(Opcode.V128Store, new(VectorForm.Store, Alignment: 4));
        for (int i = 0; i < 4; i++)
        {
            Set(Opcode.V128Load8Lane + (ushort)i, new(VectorForm.LoadLane, Lanes: 16 >> i, Alignment: i));
            Set(Opcode.V128Store8Lane + (ushort)i, new(VectorForm.StoreLane, Lanes: 16 >> i, Alignment: i));
        }

        Set(Opcode.V128Const, new(VectorForm.Constant));
        Set(Opcode.I8x16Shuffle, new(VectorForm.Shuffle, Lanes: 32));

        OnLanes(Opcode.I8x16Splat, Opcode.I8x16ExtractLaneS, Opcode.I8x16ReplaceLane, i32, 16);
        OnLanes(Opcode.I16x8Splat, Opcode.I16x8ExtractLaneS, Opcode.I16x8ReplaceLane, i32, 8);
        OnLanes(Opcode.I32x4Splat, Opcode.I32x4ExtractLane, Opcode.I32x4ReplaceLane, i32, 4);
        OnLanes(Opcode.I64x2Splat, Opcode.I64x2ExtractLane, Opcode.I64x2ReplaceLane, i64, 2);
        OnLanes(Opcode.F32x4Splat, Opcode.F32x4ExtractLane, Opcode.F32x4ReplaceLane, f32, 4);
        OnLanes(Opcode.F64x2Splat, Opcode.F64x2ExtractLane, Opcode.F64x2ReplaceLane, f64, 2);

        Set(Opcode.V128Not, new(VectorForm.Unary));
        Set(Opcode.V128Bitselect, new(VectorForm.Ternary));
        Set(Opcode.V128AnyTrue, new(VectorForm.Test));
        Range(Opcode.F32x4DemoteF64x2Zero, Opcode.F64x2PromoteLowF32x4, new(VectorForm.Unary));
        Integers(Opcode.I8x16Abs, Opcode.I8x16AllTrue, Opcode.I8x16Bitmask, Opcode.I8x16Shl);
        Integers(Opcode.I16x8Abs, Opcode.I16x8AllTrue, Opcode.I16x8Bitmask, Opcode.I16x8Shl);
        Integers(Opcode.I32x4Abs, Opcode.I32x4AllTrue, Opcode.I32x4Bitmask, Opcode.I32x4Shl);
        Integers(Opcode.I64x2Abs, Opcode.I64x2AllTrue, Opcode.I64x2Bitmask, Opcode.I64x2Shl);
        Set(Opcode.I8x16Popcnt, new(VectorForm.Unary));
        Range(Opcode.I16x8ExtaddPairwiseI8x16S, Opcode.I32x4ExtaddPairwiseI16x8U, new(VectorForm.Unary));
        Range(Opcode.I16x8ExtendLowI8x16S, Opcode.I16x8ExtendHighI8x16U, new(VectorForm.Unary));
        Range(Opcode.I32x4ExtendLowI16x8S, Opcode.I32x4ExtendHighI16x8U, new(VectorForm.Unary));
        Range(Opcode.I64x2ExtendLowI32x4S, Opcode.I64x2ExtendHighI32x4U, new(VectorForm.Unary));
        Floats(Opcode.F32x4Abs, Opcode.F32x4Sqrt, [Opcode.F32x4Ceil, Opcode.F32x4Floor, Opcode.F32x4Trunc, Opcode.F32x4Nearest]);
        Floats(Opcode.F64x2Abs, Opcode.F64x2Sqrt, [Opcode.F64x2Ceil, Opcode.F64x2Floor, Opcode.F64x2Trunc, Opcode.F64x2Nearest]);
        Range(Opcode.I32x4TruncSatF32x4S, Opcode.F64x2ConvertLowI32x4U, new(VectorForm.Unary));
        return table;

        void OnLanes(Opcode splat, Opcode firstExtract, Opcode replace, WasmValueType scalar, int lanes)
        {
            Set(splat, new(VectorForm.Splat, scalar));
            Range(firstExtract, replace - 1, new(VectorForm.ExtractLane, scalar, lanes));
            Set(replace, new(VectorForm.ReplaceLane, scalar, lanes));
        }

        // abs and neg, and shl, shr_s and shr_u, follow each other
        void Integers(Opcode abs, Opcode allTrue, Opcode bitmask, Opcode shl)
        {
            Range(abs, abs + 1, new(VectorForm.Unary));
            Set(allTrue, new(VectorForm.Test));
            Set(bitmask, new(VectorForm.Test));
            Range(shl, shl + 2, new(VectorForm.Shift));
        }

        void Floats(Opcode abs, Opcode sqrt, ReadOnlySpan<Opcode> rounding)
        {
            Range(abs, abs + 1, new(VectorForm.Unary));
            Set(sqrt, new(VectorForm.Unary));
            foreach (Opcode opcode in rounding)
                Set(opcode, new(VectorForm.Unary));
        }

        void Set(Opcode opcode, VectorSignature signature) => table[opcode - Opcode.V128Load] = signature;
        void Range(Opcode first, Opcode last, VectorSignature signature) =>
            table.AsSpan(first - Opcode.V128Load, last - first + 1).Fill(signature);
    }
}
