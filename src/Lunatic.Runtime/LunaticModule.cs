using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Messaging;
using Lunatic.Wasm;

namespace Lunatic.Runtime;

/// <summary>A compiled WebAssembly module; immutable, shared by all its processes.</summary>
public sealed class LunaticModule
{
    private LunaticModule(WasmModule wasm)
    {
        Wasm = wasm;
        wasm.ByteWindowUses = MessageApi.WindowUseOf;
        Generation = HostApiGenerations.Of(wasm);
    }

    /// <summary>The module's own name, if it has one.</summary>
    public string? Name => Wasm.Name;

    /// <summary>The name under which the application's host knows the module, if it does.</summary>
    internal string? HostName { get; set; }

    /// <summary>Whether the module speaks the host API of Lunatic 0.7 or before, whose programs get no program name among their arguments.</summary>
    public bool IsLegacy => Generation is not HostApiGeneration.Current;

    internal WasmModule Wasm { get; }

    /// <summary>The generation of the host API that the imports ask for.</summary>
    internal HostApiGeneration Generation { get; }

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
        LunaticModule module = Load(bytesOrText);
        (hostApi ?? HostApiLinker.Unrestricted).Link(module);
        return module;
    }

    /// <summary>Loads a module, binary or text; what it imports is looked at when it is spawned.</summary>
    /// <exception cref="WasmMalformedException">The bytes are no module.</exception>
    /// <exception cref="WasmInvalidException">The module breaks a rule of WebAssembly.</exception>
    internal static LunaticModule Load(ReadOnlyMemory<byte> bytesOrText) => new(WasmModule.Load(bytesOrText));
}
