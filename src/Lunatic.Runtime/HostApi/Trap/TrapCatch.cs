using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi.Trap;

/// <summary>The frame of <c>trap::catch</c> while the guest function runs. It has no state, so it can be saved.</summary>
internal sealed class TrapCatch : GuestCall
{
    private TrapCatch()
    {
    }

    public static TrapCatch Instance { get; } = new();

    /// <summary>The type that the guest's function must have.</summary>
    public static WasmFunctionType CalleeType { get; } = WasmFunctionType.Get([WasmValueType.I32, WasmValueType.I32], [WasmValueType.I32]);

    protected internal override void Returned(WasmCaller caller, ReadOnlySpan<ulong> results, Span<ulong> slots) => slots[0] = results[0];

    protected internal override bool Caught(WasmCaller caller, WasmTrap trap, Span<ulong> slots)
    {
        slots[0] = 0;
        return true;
    }
}
