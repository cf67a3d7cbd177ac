namespace Lunatic.Wasm;

/// <summary>A guest function that was called from C# trapped.</summary>
public sealed class WasmTrapException : Exception
{
    internal WasmTrapException(WasmTrap trap)
        : base(trap.ToString(), trap.Cause)
    {
        Trap = trap;
    }

    /// <summary>Reason, message and the guest's stack.</summary>
    public WasmTrap Trap { get; }
}
