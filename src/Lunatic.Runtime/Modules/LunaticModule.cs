namespace Lunatic.Runtime.Modules;

/// <summary>A compiled WebAssembly module; immutable, shared by all its processes.</summary>
public sealed class LunaticModule
{
    internal LunaticModule()
    {
    }
}
