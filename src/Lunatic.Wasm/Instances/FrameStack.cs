using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Instances;

/// <summary>The memory of a store's frames: one block that grows by doubling up to a limit. It moves then, so pointers into it are taken anew.</summary>
internal static unsafe class FrameStack
{
    private const long InitialBytes = 2048;

    /// <summary>The one bottom mark; code of its own it has none.</summary>
    public static readonly FunctionCode* Bottom = MakeMark(FunctionKind.Bottom);

    /// <summary>The one mark of compiled callers.</summary>
    public static readonly FunctionCode* Compiled = MakeMark(FunctionKind.Compiled);

    /// <summary>Makes sure that there are so many slots from FrameTop on.</summary>
    /// <returns>False, with nothing changed, if the limit or the system refuses.</returns>
    public static bool TryReserve(StoreContext* context, long slots, long maxBytes)
    {
        if (slots <= context->FrameEnd - context->FrameTop)
            return true;
        long used = (byte*)context->FrameTop - (byte*)context->FrameBase;
        long needed = used + (slots * sizeof(ulong));
        if (needed > maxBytes)
            return false;
        long size = Math.Max(InitialBytes, 2 * ((byte*)context->FrameEnd - (byte*)context->FrameBase));
        while (size < needed)
            size *= 2;
        size = Math.Min(size, maxBytes) & -sizeof(ulong);
        if (size < needed)
            return false;

        ulong* old = context->FrameBase;
        ulong* moved;
        try
        {
            moved = (ulong*)NativeMemory.Realloc(old, (nuint)size);
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
        if (context->Frame != null)
            context->Frame = (FrameHeader*)(moved + ((ulong*)context->Frame - old));
        context->FrameTop = moved + (used / sizeof(ulong));
        context->FrameBase = moved;
        context->FrameEnd = moved + (size / sizeof(ulong));
        return true;
    }

    /// <summary>
    /// Pushes a frame onto arguments that end at FrameTop. There is room for its locals, header and operands.
    /// </summary>
    public static FrameHeader* Push(StoreContext* context, FunctionCode* code, InstanceContext* instance)
    {
        ulong* locals = context->FrameTop - code->ParameterSlots;
        var header = (FrameHeader*)(locals + code->LocalSlots);
        new Span<ulong>(context->FrameTop, code->LocalSlots - code->ParameterSlots).Clear();
        header->Instance = instance;
        header->Function = code;
        header->CallerDistance = context->Frame == null ? 0 : (int)((ulong*)header - (ulong*)context->Frame);
        header->Position = 0;
        header->HostState = -1;
        context->Frame = header;
        context->FrameTop = (ulong*)(header + 1);
        return header;
    }

    public static ulong* Locals(FrameHeader* frame) => (ulong*)frame - frame->Function->LocalSlots;

    /// <summary>The frame that called, or null for the bottom frame.</summary>
    public static FrameHeader* Caller(FrameHeader* frame) =>
        frame->CallerDistance == 0 ? null : (FrameHeader*)((ulong*)frame - frame->CallerDistance);

    public static void Free(StoreContext* context)
    {
        NativeMemory.Free(context->FrameBase);
        context->FrameBase = context->FrameTop = context->FrameEnd = null;
        context->Frame = null;
    }

    private static FunctionCode* MakeMark(FunctionKind kind)
    {
        var code = (FunctionCode*)NativeMemory.AllocZeroed((nuint)sizeof(FunctionCode));
        code->Kind = kind;
        return code;
    }
}
