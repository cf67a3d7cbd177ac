using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Validation;

/// <summary>Subtyping of value types (specification 3.0, "Matching").</summary>
internal static class TypeMatching
{
    /// <summary>Whether a value of type <paramref name="actual"/> may stand where <paramref name="expected"/> is wanted. The default type is bottom and fits anywhere.</summary>
    public static bool Matches(ModuleDefinition module, WasmValueType actual, WasmValueType expected)
    {
        if (actual == expected || actual == default)
            return true;
        if (!actual.IsReference || !expected.IsReference || (actual.IsNullable && !expected.IsNullable))
            return false;
        int actualHeap = actual.HeapType;
        int expectedHeap = expected.HeapType;
        if (actualHeap == expectedHeap)
            return true;
        WasmFunctionType? actualFunction = Function(module, actualHeap);
        return actualFunction is not null && (expectedHeap == AbstractHeapType.Func || actualFunction == Function(module, expectedHeap));
    }

    private static WasmFunctionType? Function(ModuleDefinition module, int heapType) =>
        (uint)heapType < (uint)module.Types.Length ? module.Types[heapType].Function : null;
}
