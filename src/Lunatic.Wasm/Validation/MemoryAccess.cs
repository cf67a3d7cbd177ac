using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Validation;

/// <summary>What a load or store operator moves.</summary>
/// <param name="Type">Type of the value.</param>
/// <param name="Alignment">Log2 of the bytes moved: the natural alignment, which is the largest allowed.</param>
/// <param name="IsStore">Whether it stores.</param>
internal readonly record struct MemoryAccess(WasmValueType Type, int Alignment, bool IsStore)
{
    private static readonly MemoryAccess[] Table = MakeTable();

    /// <summary>The access of an operator from i32.load to i64.store32.</summary>
    public static ref readonly MemoryAccess Of(Opcode opcode) => ref Table[opcode - Opcode.I32Load];

    private static MemoryAccess[] MakeTable()
    {
        WasmValueType i32 = WasmValueType.I32, i64 = WasmValueType.I64, f32 = WasmValueType.F32, f64 = WasmValueType.F64;
        return
        [
            new(i32, 2, false), new(i64, 3, false), new(f32, 2, false), new(f64, 3, false),
            new(i32, 0, false), new(i32, 0, false), new(i32, 1, false), new(i32, 1, false),
            new(i64, 0, false), new(i64, 0, false), new(i64, 1, false), new(i64, 1, false), new(i64, 2, false), new(i64, 2, false),
            new(i32, 2, true), new(i64, 3, true), new(f32, 2, true), new(f64, 3, true),
            new(i32, 0, true), new(i32, 1, true), new(i64, 0, true), new(i64, 1, true), new(i64, 2, true),
        ];
    }
}
