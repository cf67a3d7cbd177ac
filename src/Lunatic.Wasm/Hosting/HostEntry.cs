using System.Runtime.CompilerServices;
using Lunatic.Wasm.Execution;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Hosting;

/// <summary>
/// What the methods consist of that compiled code calls for host functions (<see cref="HostEntries.Compiled"/>): <see cref="Begin"/>, the host function
/// itself, whose exceptions go to <see cref="WasmCaller.Fail"/>, and, where the caller <see cref="WasmCaller.HasDecided"/>, the arguments
/// into <see cref="Slots"/> and <see cref="Leave"/>. No step but the last costs more than a few instructions.
/// </summary>
internal static unsafe class HostEntry
{
    /// <summary>Begins a call.</summary>
    /// <param name="instance">The instance whose compiled code calls.</param>
    /// <returns>The caller object of the running store.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WasmCaller Begin(nint instance)
    {
        var context = (InstanceContext*)instance;
        // see SaveArea for why this reference is there and alive
        WasmCaller caller = Unsafe.Read<WasmCaller>(context->Store->Caller);
        caller.Begin(context);
        return caller;
    }

    /// <summary>Where the arguments go before <see cref="Leave"/>: room for as many as a function may have results.</summary>
    public static ulong* Slots(nint instance) => ((InstanceContext*)instance)->Store->Results;

    /// <summary>The host function has decided otherwise than to return: makes the compiled code that called come out. What the entry returns then is not looked at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Leave(nint instance)
    {
        var context = (InstanceContext*)instance;
        WasmStore store = SaveArea.OfThread.Store!;
        CompiledCalls.Unwind(context->Store, CompiledCalls.LeaveHost(store, context->Calls.Callee, context, context->Store->Results));
    }
}
