namespace Lunatic.Wasm.Scripts;

/// <summary>How a script is executed.</summary>
public sealed class WastOptions
{
    internal static WastOptions Default { get; } = new();

    /// <summary>Fuel of a slice, after which a guest is suspended and resumed; 1,000,000 by default. Small slices suspend often.</summary>
    public long SliceFuel
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 1_000_000;

    /// <summary>Limits of the store that a script's instances share.</summary>
    public WasmStoreOptions Store { get; init; } = new();

    /// <summary>For tests: suspends the guest at every site.</summary>
    internal bool SuspendAtEverySite { get; init; }

    /// <summary>For tests: makes guests change between compiled code and interpreter at random; see <see cref="WasmStore.TierSwitches"/>.</summary>
    internal Random? TierSwitches { get; init; }
}
