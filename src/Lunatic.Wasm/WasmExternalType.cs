using Lunatic.Wasm.Model;

namespace Lunatic.Wasm;

/// <summary>The type of an import or export: a <see cref="WasmFunctionType"/>, <see cref="WasmTableType"/>, <see cref="WasmMemoryType"/> or <see cref="WasmGlobalType"/>.</summary>
public abstract class WasmExternalType
{
    private protected WasmExternalType()
    {
    }

    internal abstract ExternalKind Kind { get; }
}
