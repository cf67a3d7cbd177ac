namespace Lunatic.Wasm;

/// <summary>
/// What a host function does when the guest function that it had called (<see cref="WasmCaller.CallGuest"/>) comes back. While the guest function runs,
/// the host function is a frame of plain data between the guest's frames: no managed frame waits.
/// </summary>
public abstract class GuestCall
{
    /// <summary>The guest function returned. The rules are those of a host function: it may trap, wait, exit or call a guest function again.</summary>
    /// <param name="caller">The guest that called the host function.</param>
    /// <param name="results">The results' bits.</param>
    /// <param name="slots">Where the host function's own results go.</param>
    protected internal abstract void Returned(WasmCaller caller, ReadOnlySpan<ulong> results, Span<ulong> slots);

    /// <summary>The guest function trapped. Exits of the guest do not come by here.</summary>
    /// <param name="caller">The guest that called the host function.</param>
    /// <param name="trap">The trap with its stack.</param>
    /// <param name="slots">Where the host function's own results go if the trap is caught.</param>
    /// <returns>True if the trap is caught: the host function returns (or waits, exits, calls again) as after <see cref="Returned"/>.</returns>
    protected internal virtual bool Caught(WasmCaller caller, WasmTrap trap, Span<ulong> slots) => false;
}
