using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Instances;

/// <summary>Element and data segments of an instance.</summary>
internal static unsafe class Segments
{
    /// <summary>Copies the active segments, elements before data, each as a whole or not at all, and drops them.</summary>
    /// <exception cref="WasmUninstantiableException">A segment does not fit; those before it stay copied.</exception>
    public static void Initialize(WasmStore store, WasmInstance instance)
    {
        ModuleDefinition module = instance.Code.Definition;
        InstanceContext* context = instance.Context;
        for (int i = 0; i < module.ElementSegments.Length; i++)
        {
            ElementSegment segment = module.ElementSegments[i];
            if (segment.Mode == SegmentMode.Passive)
                continue;
            if (segment.Mode == SegmentMode.Active && instance.Linked.Links.Image is null)
                CopyActive(store, context, i, segment);
            context->DroppedElements[i] = 1;
        }
        for (int i = 0; i < module.DataSegments.Length; i++)
        {
            DataSegment segment = module.DataSegments[i];
            if (segment.Mode != SegmentMode.Active)
                continue;
            MemoryRecord* memory = context->Memories[segment.Memory];
            ulong offset = OffsetOf(segment.Offset!, store, context, module.Memories[segment.Memory].IndexType);
            if (offset > (ulong)memory->Length || (ulong)segment.Length > (ulong)memory->Length - offset)
                throw Failure(TrapReason.MemoryOutOfBounds, $"data segment {i} of {segment.Length} bytes at {offset} does not fit into a memory of {memory->Length} bytes");
            module.Data(segment).CopyTo(new Span<byte>(memory->Base + offset, segment.Length));
            context->DroppedData[i] = 1;
        }
    }

    /// <summary>An element of a segment as a slot's value.</summary>
    public static ulong Element(WasmStore store, InstanceContext* instance, ElementSegment segment, long index)
    {
        if (segment.Functions.IsEmpty)
            return ConstantEvaluator.Evaluate(segment.Expressions[(int)index], store, instance);
        int function = segment.Functions[(int)index];
        return function < 0 ? 0 : (ulong)store.ReferenceTo(instance, function);
    }

    private static void CopyActive(WasmStore store, InstanceContext* context, int index, ElementSegment segment)
    {
        store.Own(context, segment.Table);
        TableRecord* table = context->Tables[segment.Table];
        ulong offset = OffsetOf(segment.Offset!, store, context, WasmValueType.I32);
        if (offset > (ulong)table->Length || (ulong)segment.Count > (ulong)table->Length - offset)
            throw Failure(TrapReason.TableOutOfBounds, $"element segment {index} of {segment.Count} elements at {offset} does not fit into a table of {table->Length}");
        for (int i = 0; i < segment.Count; i++)
            table->Elements[offset + (ulong)i] = Element(store, context, segment, i);
    }

    private static ulong OffsetOf(ConstantExpression expression, WasmStore store, InstanceContext* context, WasmValueType indexType)
    {
        ulong bits = ConstantEvaluator.Evaluate(expression, store, context);
        return indexType == WasmValueType.I64 ? bits : (uint)bits;
    }

    private static WasmUninstantiableException Failure(TrapReason reason, string detail)
    {
        string message = TrapMessages.Of(reason);
        return new WasmUninstantiableException($"{message}: {detail}", new WasmTrap(reason, message, []));
    }
}
