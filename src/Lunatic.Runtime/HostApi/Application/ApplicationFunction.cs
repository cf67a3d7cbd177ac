using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi.Application;

/// <summary>A host function of the application, as guests import it.</summary>
/// <param name="Namespace">The module name of the import.</param>
/// <param name="Name">The import's name.</param>
/// <param name="Bound">What a linker binds the import to.</param>
internal sealed record ApplicationFunction(string Namespace, string Name, WasmHostFunction Bound);
