using Lunatic.Runtime.HostApi;
using Lunatic.Wasm;

namespace Lunatic.Runtime;

/// <summary>A compiled WebAssembly module; immutable, shared by all its processes.</summary>
public sealed class LunaticModule
{
    private LunaticModule(WasmModule wasm) => Wasm = wasm;

    /// <summary>The module's own name, if it has one.</summary>
    public string? Name => Wasm.Name;

    internal WasmModule Wasm { get; }

    /// <summary>The type of an exported function, or null where there is none of the name.</summary>
    internal WasmFunctionType? FindFunction(string name) => Wasm.Exports.FirstOrDefault(export => export.Name == name)?.Type as WasmFunctionType;

    /// <summary>Loads a module, binary or text, and checks that the host API provides all that it imports.</summary>
    /// <param name="bytesOrText">The module.</param>
    /// <param name="hostApi">What it can import; null: what the runtime provides without the application.</param>
    /// <exception cref="WasmMalformedException">The bytes are no module.</exception>
    /// <exception cref="WasmInvalidException">The module breaks a rule of WebAssembly.</exception>
    /// <exception cref="WasmUnlinkableException">The module imports what is not there, or with another type.</exception>
    internal static LunaticModule Compile(ReadOnlyMemory<byte> bytesOrText, HostApiLinker? hostApi = null)
    {
        var module = new LunaticModule(WasmModule.Load(bytesOrText));
        (hostApi ?? HostApiLinker.Unrestricted).Link(module);
        return module;
    }
}
