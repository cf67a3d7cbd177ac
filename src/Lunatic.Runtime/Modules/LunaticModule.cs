using Lunatic.Runtime.HostApi;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Modules;

/// <summary>A compiled WebAssembly module; immutable, shared by all its processes.</summary>
public sealed class LunaticModule
{
    private LunaticModule(WasmModule wasm) => Wasm = wasm;

    /// <summary>The module's own name, if it has one.</summary>
    public string? Name => Wasm.Name;

    internal WasmModule Wasm { get; }

    /// <summary>Loads a module, binary or text, and checks that the host API provides all that it imports.</summary>
    /// <exception cref="WasmMalformedException">The bytes are no module.</exception>
    /// <exception cref="WasmInvalidException">The module breaks a rule of WebAssembly.</exception>
    /// <exception cref="WasmUnlinkableException">The module imports what is not there, or with another type.</exception>
    internal static LunaticModule Compile(ReadOnlyMemory<byte> bytesOrText)
    {
        var module = new LunaticModule(WasmModule.Load(bytesOrText));
        HostApiLinker.Unrestricted.Link(module);
        return module;
    }
}
