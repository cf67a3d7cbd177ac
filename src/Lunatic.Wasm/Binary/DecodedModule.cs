using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>What decoding gives: the module, and what it already knows to be invalid about it.</summary>
/// <param name="Module">The module; where <paramref name="Invalid"/> is set, with parts missing.</param>
/// <param name="Invalid">The first reference to something that is not there.</param>
/// <param name="FeatureOff">The first use of a feature that is off.</param>
internal sealed record DecodedModule(ModuleDefinition Module, WasmInvalidException? Invalid, WasmInvalidException? FeatureOff);
