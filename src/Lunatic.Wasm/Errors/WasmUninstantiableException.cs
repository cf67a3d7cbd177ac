namespace Lunatic.Wasm;

/// <summary>An instance could not be made: a limit, a segment out of bounds or a trap of the start function (specification: "uninstantiable").</summary>
public sealed class WasmUninstantiableException : WasmException
{
    internal WasmUninstantiableException(string message, WasmTrap? trap = null)
        : base(message, trap?.Cause)
    {
        Trap = trap;
    }

    /// <summary>The trap, where one was the reason.</summary>
    public WasmTrap? Trap { get; }
}
