using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi.Binding;

/// <summary>One host function, as guests import it.</summary>
/// <param name="Name">The import's name.</param>
/// <param name="Type">Its WebAssembly type.</param>
/// <param name="Callback">Unpacks a guest's arguments from slots, calls the method and stores its result.</param>
/// <param name="Entry">
/// Address of the method itself (managed calling convention, <see cref="ProcessContext"/> first, then the arguments), which compiled guest code calls
/// directly; 0 where only <paramref name="Callback"/> exists.
/// </param>
internal sealed record HostFunction(string Name, WasmFunctionType Type, WasmHostCallback Callback, nint Entry = 0);
