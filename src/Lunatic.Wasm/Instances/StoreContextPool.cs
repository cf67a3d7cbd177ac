using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Instances;

/// <summary>
/// Store contexts, used again and again but never given back to the system: whoever interrupts a store may be late,
/// and then writes a word of memory that still is a store context.
/// </summary>
internal static unsafe class StoreContextPool
{
    private static readonly ConcurrentQueue<nint> Free = new();

    public static StoreContext* Rent()
    {
        var context = Free.TryDequeue(out nint pooled)
            ? (StoreContext*)pooled
            : (StoreContext*)NativeMemory.AlignedAlloc((nuint)sizeof(StoreContext), 64);
        *context = default;
        return context;
    }

    public static void Return(StoreContext* context) => Free.Enqueue((nint)context);
}
