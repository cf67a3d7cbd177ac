using Lunatic.Wasm;

namespace Lunatic.Runtime.Processes;

/// <summary>The function that a guest process runs.</summary>
/// <param name="Function">Name of an export.</param>
/// <param name="Arguments">Its arguments.</param>
internal readonly record struct GuestEntry(string Function, WasmValue[] Arguments);
