using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Compilation;

/// <summary>
/// One instruction of lowered code: validated code made flat. Blocks, nops and dead code are gone, branches name their target, locals their slot.
/// Both tiers run from it, and a frame's position is an index into it: the instruction executed next when the frame goes on.
/// </summary>
/// <remarks>
/// Fields by operator: constants have the value's bits in Immediate. Loads, stores: A the memory, Immediate the offset. Local.*: A the first slot.
/// Global.*: A the global. Call_indirect: A the table, Immediate the type's canonical id in the low half, its parameter slots in the high one.
/// Memory.init, table.init: A the segment, Immediate the memory or table. Memory.copy, table.copy: A the destination, Immediate the source.
/// Ref.func: A the function (imports first). Ref.null: nothing (null is 0 in every reference type). Jumps: see <see cref="Opcode"/>.
/// Vector operators on one lane have its index in Lane. V128.const, i8x16.shuffle: the low half of their 16 bytes; a <see cref="Opcode.HighHalf"/> follows.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct Instruction
{
    public Opcode Opcode;
    public ushort Lane;
    public int A;
    public long Immediate;
}
