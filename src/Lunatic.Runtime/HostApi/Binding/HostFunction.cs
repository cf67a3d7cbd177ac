using Lunatic.Wasm;
using Lunatic.Wasm.Hosting;

namespace Lunatic.Runtime.HostApi.Binding;

/// <summary>One host function, as guests import it: either with entries, which the generator writes, or with a callback.</summary>
internal sealed class HostFunction
{
    private readonly HostEntries _entries;
    private readonly WasmHostCallback? _callback;

    /// <summary>A function with entries.</summary>
    public HostFunction(string name, WasmFunctionType type, HostEntries entries)
    {
        Name = name;
        Type = type;
        _entries = entries;
    }

    /// <summary>A function over raw slots.</summary>
    public HostFunction(string name, WasmFunctionType type, WasmHostCallback callback)
    {
        Name = name;
        Type = type;
        _callback = callback;
    }

    /// <summary>The import's name.</summary>
    public string Name { get; }

    /// <summary>Its WebAssembly type.</summary>
    public WasmFunctionType Type { get; }

    /// <summary>What a linker binds imports to.</summary>
    /// <param name="name">The full name, for the texts of traps.</param>
    public WasmHostFunction Bind(string name) => _callback is null
        ? new WasmHostFunction(Type, _entries) { Name = name }
        : new WasmHostFunction(Type, _callback) { Name = name };
}
