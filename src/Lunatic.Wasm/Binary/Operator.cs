using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Binary;

/// <summary>
/// A decoded operator. What the fields hold, by operator; the others hold anything:
/// br, br_if: A label. br_table: A number of targets without the default, Immediate offset of the first. Call: A function. Call_indirect: A type, B table.
/// Block, loop, if: A type index, or -1 and Type (the default for none). Select with type: A number of types, Type the first. Local.*, global.*, table.*: A index.
/// Loads, stores: A memory, B log2 of the alignment, Immediate offset. Constants: Immediate bits. Ref.null: Type. Ref.func: A function.
/// Memory.init, table.init: A segment, B memory or table. Memory.copy, table.copy: A destination, B source. Memory.size, .grow, .fill: A memory.
/// V128.const, i8x16.shuffle: Immediate and High the halves of their 16 bytes. Vector operators on one lane: High its index.
/// Indices are unsigned.
/// </summary>
internal struct Operator
{
    public Opcode Opcode;
    public int Offset;
    public int A;
    public int B;
    public long Immediate;
    public long High;
    public WasmValueType Type;
}
