namespace Lunatic.Wasm.Scripts;

/// <summary>The instances and module definitions of a script, by name and the last one.</summary>
internal sealed class ScriptInstances
{
    private readonly Dictionary<string, WasmInstance> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WasmModule> _modules = new(StringComparer.Ordinal);
    private WasmInstance? _lastInstance;
    private WasmModule? _lastModule;

    /// <summary>Adds a definition; null: it failed, and there is no last one now.</summary>
    public void AddModule(string? name, WasmModule? module)
    {
        _lastModule = module;
        Set(_modules, name, module);
    }

    /// <summary>Adds an instance; null: it failed, and there is no last one now.</summary>
    public void AddInstance(string? name, WasmInstance? instance)
    {
        _lastInstance = instance;
        Set(_instances, name, instance);
    }

    /// <summary>The instance of that name, or the last one.</summary>
    public WasmInstance Instance(string? name) => Find(_instances, name, _lastInstance, "instance");

    /// <summary>The definition of that name, or the last one.</summary>
    public WasmModule Module(string? name) => Find(_modules, name, _lastModule, "module definition");

    private static void Set<T>(Dictionary<string, T> byName, string? name, T? value)
        where T : class
    {
        if (name is null)
            return;
        if (value is null)
            byName.Remove(name);
        else
            byName[name] = value;
    }

    private static T Find<T>(Dictionary<string, T> byName, string? name, T? last, string what)
        where T : class =>
        (name is null ? last : byName.GetValueOrDefault(name))
        ?? throw new ScriptFailureException(name is null ? $"there is no {what}" : $"there is no {what} ${name}");
}
