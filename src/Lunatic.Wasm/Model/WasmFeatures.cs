namespace Lunatic.Wasm.Model;

/// <summary>
/// Which parts of WebAssembly beyond 2.0 are on. The one place where they are turned on: decoder and validator read this.
/// A module that needs what is off and has no other fault is refused as invalid, by a message that names the feature.
/// </summary>
internal sealed record WasmFeatures
{
    public static WasmFeatures Default { get; } = new();

    public bool MultiMemory { get; init; }

    public bool Memory64 { get; init; }

    /// <summary>Types (ref ht) other than funcref and externref, and the operators on them.</summary>
    public bool TypedReferences { get; init; }

    /// <summary>Constant expressions with integer arithmetic and with globals of the module's own.</summary>
    public bool ExtendedConstants { get; init; }
}
