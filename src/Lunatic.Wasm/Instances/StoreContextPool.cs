using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Instances;

/// <summary>
/// Store contexts, used again and again but never given back to the system: whoever interrupts a store may be late,
/// and then writes a word of memory that still is a store context.
/// </summary>
internal static unsafe class StoreContextPool
{
    private static readonly Lock Changes = new();

    // the first of a list of free ones
    private static StoreContext* _free;

    public static StoreContext* Rent()
    {
        StoreContext* context;
        lock (Changes)
        {
            context = _free;
            if (context != null)
                _free = context->NextFree;
        }
        if (context == null)
            context = (StoreContext*)NativeMemory.AlignedAlloc((nuint)sizeof(StoreContext), 64);
        *context = default;
        context->Active = &context->Idle;
        return context;
    }

    public static void Return(StoreContext* context)
    {
        lock (Changes)
        {
            context->NextFree = _free;
            _free = context;
        }
    }
}
