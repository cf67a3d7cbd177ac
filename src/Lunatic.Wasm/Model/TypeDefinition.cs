namespace Lunatic.Wasm.Model;

/// <summary>An entry of the type section. Only function types exist as yet; the structures and arrays of Wasm 3.0 have no <see cref="Function"/>.</summary>
internal sealed class TypeDefinition(WasmFunctionType? function)
{
    /// <summary>The function type, or null where the entry is none.</summary>
    public WasmFunctionType? Function { get; } = function;
}
