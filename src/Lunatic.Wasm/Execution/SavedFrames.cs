using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Execution;

/// <summary>
/// Frames on their way from compiled code to the frame stack. Compiled code that unwinds saves its frames innermost first, while on the stack the innermost
/// is on top; so they are saved in the thread's save area, and whoever ran the code puts them onto the stack when all are there, outermost first.
/// </summary>
/// <remarks>
/// An entry of the area is what goes onto the stack, slot by slot, and a trailer of two slots: its size, and the places of the lowest and the highest
/// frame header in it (-1 if it has none: arguments of a host function). Only the lowest header's link to its caller is still to be set. An entry has several
/// frames when an interpreted function that compiled code called unwinds.
/// </remarks>
internal static unsafe class SavedFrames
{
    public const int TrailerSlots = 2;

    /// <summary>The second slot of a trailer.</summary>
    public static long Headers(int lowest, int highest) => ((long)highest << 32) | (uint)lowest;

    /// <summary>Saves slots that are no frame.</summary>
    public static void SaveSlots(StoreContext* context, ulong* slots, int count)
    {
        if (count > 0)
            Save(context, slots, count, Headers(-1, -1));
    }

    /// <summary>Saves the frames above a mark and takes them and it off the stack.</summary>
    public static void SaveAbove(StoreContext* context, FrameHeader* mark)
    {
        var start = (ulong*)(mark + 1);
        FrameHeader* highest = context->Frame;
        if (highest != mark)
        {
            FrameHeader* lowest = highest;
            while (FrameStack.Caller(lowest) != mark)
                lowest = FrameStack.Caller(lowest);
            Save(context, start, (int)(context->FrameTop - start), Headers((int)((ulong*)lowest - start), (int)((ulong*)highest - start)));
        }
        context->Frame = FrameStack.Caller(mark);
        context->FrameTop = (ulong*)mark;
    }

    /// <summary>Puts all saved frames onto the stack.</summary>
    /// <returns>False if they do not fit: then the outermost ones that do are there.</returns>
    public static bool Restore(StoreContext* context, SaveArea area, long maxFrameBytes)
    {
        bool fits = true;
        ulong* end = context->SaveTop;
        while (fits && end > area.Base)
        {
            long size = (long)end[-2];
            int lowest = (int)end[-1];
            int highest = (int)(end[-1] >> 32);
            ulong* slots = end - TrailerSlots - size;
            fits = FrameStack.TryReserve(context, size + FreeOperands(slots, size, highest), maxFrameBytes);
            if (!fits)
                break;
            Buffer.MemoryCopy(slots, context->FrameTop, size * sizeof(ulong), size * sizeof(ulong));
            if (lowest >= 0)
            {
                var header = (FrameHeader*)(context->FrameTop + lowest);
                header->CallerDistance = (int)((ulong*)header - (ulong*)context->Frame);
                context->Frame = (FrameHeader*)(context->FrameTop + highest);
            }
            context->FrameTop += size;
            end = slots;
        }
        area.Shrink(context);
        return fits;
    }

    // what the highest frame needs beyond the operands that it has
    private static long FreeOperands(ulong* slots, long size, int highest)
    {
        if (highest < 0)
            return 0;
        var header = (FrameHeader*)(slots + highest);
        return Math.Max(0, header->Function->OperandSlots - (size - highest - FrameHeader.Slots));
    }

    private static void Save(StoreContext* context, ulong* slots, int count, long headers)
    {
        ulong* target = context->SaveTop;
        if (target + count + TrailerSlots > context->SaveEnd)
            target = SaveArea.Grow(context, count + TrailerSlots);
        Buffer.MemoryCopy(slots, target, (long)count * sizeof(ulong), (long)count * sizeof(ulong));
        target[count] = (ulong)count;
        target[count + 1] = (ulong)headers;
        context->SaveTop = target + count + TrailerSlots;
    }
}
