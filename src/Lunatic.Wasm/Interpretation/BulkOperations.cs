using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Interpretation;

/// <summary>
/// memory.init, copy, fill and table.init, copy, fill. Ranges are checked whole, in 64 bits, before anything is written; then a piece of at most
/// 1 MiB is done and the operands (target, source or value, count in the three upper slots) are advanced over it.
/// </summary>
internal static unsafe class BulkOperations
{
    private const ulong Piece = 1 << 20;

    /// <param name="store">The store.</param>
    /// <param name="instance">The instance that executes.</param>
    /// <param name="instruction">The instruction.</param>
    /// <param name="sp">The operands' end.</param>
    /// <param name="reason">Why it trapped.</param>
    public static BulkProgress Execute(WasmStore store, InstanceContext* instance, Instruction* instruction, ulong* sp, out TrapReason reason)
    {
        switch (instruction->Opcode)
        {
            case Opcode.MemoryFill:
                reason = TrapReason.MemoryOutOfBounds;
                return FillMemory(instance->Memories[instruction->A], sp);
            case Opcode.MemoryCopy:
                reason = TrapReason.MemoryOutOfBounds;
                return CopyMemory(instance->Memories[instruction->A], instance->Memories[instruction->Immediate], sp);
            case Opcode.MemoryInit:
                reason = TrapReason.MemoryOutOfBounds;
                return InitializeMemory(store, instance, instruction, sp);
            default:
                reason = TrapReason.TableOutOfBounds;
                return Table(store, instance, instruction, sp);
        }
    }

    private static BulkProgress FillMemory(MemoryRecord* memory, ulong* sp)
    {
        ulong target = (uint)sp[-3], count = (uint)sp[-1];
        if (target + count > (ulong)memory->Length)
            return BulkProgress.Trapped;
        ulong piece = Math.Min(count, Piece);
        new Span<byte>(memory->Base + target, (int)piece).Fill((byte)sp[-2]);
        return Advance(sp, piece, count, movesSource: false);
    }

    private static BulkProgress CopyMemory(MemoryRecord* targetMemory, MemoryRecord* sourceMemory, ulong* sp)
    {
        ulong target = (uint)sp[-3], source = (uint)sp[-2], count = (uint)sp[-1];
        if (target + count > (ulong)targetMemory->Length || source + count > (ulong)sourceMemory->Length)
            return BulkProgress.Trapped;
        ulong piece = Math.Min(count, Piece);
        // ranges may overlap: from the end towards the start when the target lies higher
        if (target > source)
        {
            ulong rest = count - piece;
            Buffer.MemoryCopy(sourceMemory->Base + source + rest, targetMemory->Base + target + rest, piece, piece);
            sp[-1] = rest;
            return rest == 0 ? BulkProgress.Done : BulkProgress.More;
        }
        Buffer.MemoryCopy(sourceMemory->Base + source, targetMemory->Base + target, piece, piece);
        return Advance(sp, piece, count, movesSource: true);
    }

    private static BulkProgress InitializeMemory(WasmStore store, InstanceContext* instance, Instruction* instruction, ulong* sp)
    {
        MemoryRecord* memory = instance->Memories[instruction->Immediate];
        ModuleDefinition module = store.InstanceOf(instance).Code.Definition;
        ReadOnlySpan<byte> data = instance->DroppedData[instruction->A] != 0 ? default : module.Data(module.DataSegments[instruction->A]);
        ulong target = (uint)sp[-3], source = (uint)sp[-2], count = (uint)sp[-1];
        if (target + count > (ulong)memory->Length || source + count > (ulong)data.Length)
            return BulkProgress.Trapped;
        ulong piece = Math.Min(count, Piece);
        data.Slice((int)source, (int)piece).CopyTo(new Span<byte>(memory->Base + target, (int)piece));
        return Advance(sp, piece, count, movesSource: true);
    }

    private static BulkProgress Table(WasmStore store, InstanceContext* instance, Instruction* instruction, ulong* sp)
    {
        const ulong ElementPiece = Piece / sizeof(ulong);
        ulong target = (uint)sp[-3], source = (uint)sp[-2], count = (uint)sp[-1];
        ulong piece = Math.Min(count, ElementPiece);
        int index = instruction->Opcode == Opcode.TableInit ? (int)instruction->Immediate : instruction->A;
        store.Own(instance, index);
        TableRecord* table = instance->Tables[index];
        if (target + count > (ulong)table->Length)
            return BulkProgress.Trapped;
        switch (instruction->Opcode)
        {
            case Opcode.TableFill:
                new Span<ulong>(table->Elements + target, (int)piece).Fill(sp[-2]);
                return Advance(sp, piece, count, movesSource: false);
            case Opcode.TableInit:
                ElementSegment segment = store.InstanceOf(instance).Code.Definition.ElementSegments[instruction->A];
                ulong available = instance->DroppedElements[instruction->A] != 0 ? 0 : (ulong)segment.Count;
                if (source + count > available)
                    return BulkProgress.Trapped;
                for (ulong i = 0; i < piece; i++)
                    table->Elements[target + i] = Segments.Element(store, instance, segment, (long)(source + i));
                return Advance(sp, piece, count, movesSource: true);
            default:
                store.Own(instance, (int)instruction->Immediate);
                TableRecord* from = instance->Tables[instruction->Immediate];
                if (source + count > (ulong)from->Length)
                    return BulkProgress.Trapped;
                ulong start = target > source ? count - piece : 0;
                long bytes = (long)piece * sizeof(ulong);
                Buffer.MemoryCopy(from->Elements + source + start, table->Elements + target + start, bytes, bytes);
                if (target <= source)
                    return Advance(sp, piece, count, movesSource: true);
                sp[-1] = count - piece;
                return sp[-1] == 0 ? BulkProgress.Done : BulkProgress.More;
        }
    }

    private static BulkProgress Advance(ulong* sp, ulong piece, ulong count, bool movesSource)
    {
        sp[-3] += piece;
        if (movesSource)
            sp[-2] += piece;
        sp[-1] = count - piece;
        return piece == count ? BulkProgress.Done : BulkProgress.More;
    }
}
