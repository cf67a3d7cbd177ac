namespace Lunatic.Wasm;

/// <summary>The body of a host function.</summary>
/// <param name="caller">The guest that calls.</param>
/// <param name="slots">
/// The arguments' bits, one 64-bit slot each (v128: two), where the results' bits are to be left. As long as the longer of the two.
/// i32 and f32 lie in the low half; what the high half holds does not matter.
/// </param>
public delegate void WasmHostCallback(WasmCaller caller, Span<ulong> slots);
