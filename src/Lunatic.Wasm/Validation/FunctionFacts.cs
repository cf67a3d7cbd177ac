using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Validation;

/// <summary>What is known of a function when its code begins.</summary>
/// <param name="Module">The module.</param>
/// <param name="Index">Index of the function, imports first.</param>
/// <param name="Type">Its type.</param>
/// <param name="Locals">Types of parameters and locals.</param>
/// <param name="CodeOffset">Offset of the first operator.</param>
internal readonly record struct FunctionFacts(ModuleDefinition Module, int Index, WasmFunctionType Type, LocalTypes Locals, int CodeOffset);
