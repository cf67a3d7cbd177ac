using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Validation;

/// <summary>The types of an operator that only computes: one or two operands of one type, one result.</summary>
internal readonly struct NumericSignature
{
    private static readonly NumericSignature[] Table = MakeTable();

    private NumericSignature(WasmValueType operand, bool isBinary, WasmValueType result)
    {
        Operand = operand;
        IsBinary = isBinary;
        Result = result;
    }

    public WasmValueType Operand { get; }

    public bool IsBinary { get; }

    public WasmValueType Result { get; }

    /// <summary>The signature of an operator from i32.eqz to i64.extend32_s.</summary>
    public static ref readonly NumericSignature Of(Opcode opcode) => ref Table[(int)opcode - (int)Opcode.I32Eqz];

    private static NumericSignature[] MakeTable()
    {
        WasmValueType i32 = WasmValueType.I32, i64 = WasmValueType.I64, f32 = WasmValueType.F32, f64 = WasmValueType.F64;
        var table = new NumericSignature[Opcode.I64Extend32S - Opcode.I32Eqz + 1];
        Unary(Opcode.I32Eqz, Opcode.I32Eqz, i32, i32);
        Binary(Opcode.I32Eq, Opcode.I32GeU, i32, i32);
        Unary(Opcode.I64Eqz, Opcode.I64Eqz, i64, i32);
        Binary(Opcode.I64Eq, Opcode.I64GeU, i64, i32);
        Binary(Opcode.F32Eq, Opcode.F32Ge, f32, i32);
        Binary(Opcode.F64Eq, Opcode.F64Ge, f64, i32);
        Unary(Opcode.I32Clz, Opcode.I32Popcnt, i32, i32);
        Binary(Opcode.I32Add, Opcode.I32Rotr, i32, i32);
        Unary(Opcode.I64Clz, Opcode.I64Popcnt, i64, i64);
        Binary(Opcode.I64Add, Opcode.I64Rotr, i64, i64);
        Unary(Opcode.F32Abs, Opcode.F32Sqrt, f32, f32);
        Binary(Opcode.F32Add, Opcode.F32Copysign, f32, f32);
        Unary(Opcode.F64Abs, Opcode.F64Sqrt, f64, f64);
        Binary(Opcode.F64Add, Opcode.F64Copysign, f64, f64);
        Unary(Opcode.I32WrapI64, Opcode.I32WrapI64, i64, i32);
        Unary(Opcode.I32TruncF32S, Opcode.I32TruncF32U, f32, i32);
        Unary(Opcode.I32TruncF64S, Opcode.I32TruncF64U, f64, i32);
        Unary(Opcode.I64ExtendI32S, Opcode.I64ExtendI32U, i32, i64);
        Unary(Opcode.I64TruncF32S, Opcode.I64TruncF32U, f32, i64);
        Unary(Opcode.I64TruncF64S, Opcode.I64TruncF64U, f64, i64);
        Unary(Opcode.F32ConvertI32S, Opcode.F32ConvertI32U, i32, f32);
        Unary(Opcode.F32ConvertI64S, Opcode.F32ConvertI64U, i64, f32);
        Unary(Opcode.F32DemoteF64, Opcode.F32DemoteF64, f64, f32);
        Unary(Opcode.F64ConvertI32S, Opcode.F64ConvertI32U, i32, f64);
        Unary(Opcode.F64ConvertI64S, Opcode.F64ConvertI64U, i64, f64);
        Unary(Opcode.F64PromoteF32, Opcode.F64PromoteF32, f32, f64);
        Unary(Opcode.I32ReinterpretF32, Opcode.I32ReinterpretF32, f32, i32);
        Unary(Opcode.I64ReinterpretF64, Opcode.I64ReinterpretF64, f64, i64);
        Unary(Opcode.F32ReinterpretI32, Opcode.F32ReinterpretI32, i32, f32);
        Unary(Opcode.F64ReinterpretI64, Opcode.F64ReinterpretI64, i64, f64);
        Unary(Opcode.I32Extend8S, Opcode.I32Extend16S, i32, i32);
        Unary(Opcode.I64Extend8S, Opcode.I64Extend32S, i64, i64);
        return table;

        void Unary(Opcode first, Opcode last, WasmValueType operand, WasmValueType result) => Fill(first, last, new(operand, false, result));
        void Binary(Opcode first, Opcode last, WasmValueType operand, WasmValueType result) => Fill(first, last, new(operand, true, result));
        void Fill(Opcode first, Opcode last, NumericSignature signature) => table.AsSpan(first - Opcode.I32Eqz, last - first + 1).Fill(signature);
    }
}
