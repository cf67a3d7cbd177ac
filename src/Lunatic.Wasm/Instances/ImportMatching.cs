namespace Lunatic.Wasm.Instances;

/// <summary>Whether what a linker found is what a module asks for (specification 2.0, 4.5.1 "External Typing" and 3.4 "Import Subtyping").</summary>
internal static class ImportMatching
{
    /// <exception cref="WasmUnlinkableException">It is of another type.</exception>
    public static void Check(WasmImport import, object definition)
    {
        (bool matches, string found) = (import.Type, definition) switch
        {
            (WasmFunctionType wanted, WasmHostFunction function) => (wanted == function.Type, function.Type.ToString()),
            (WasmFunctionType wanted, WasmFunction function) => (wanted == function.Type, function.Type.ToString()),
            (WasmMemoryType wanted, WasmMemory memory) => (Matches(wanted, memory), $"(memory {memory.Pages}{Maximum(memory.Type.Limits)})"),
            (WasmTableType wanted, WasmTable table) =>
                (Matches(wanted, table), $"(table {table.Length}{Maximum(table.Type.Limits)} {table.Type.ElementType})"),
            (WasmGlobalType wanted, WasmGlobal global) =>
                (wanted.IsMutable == global.Type.IsMutable && wanted.ValueType == global.Type.ValueType, global.Type.ToString()),
            (_, WasmHostFunction or WasmFunction) => (false, "a function"),
            (_, WasmMemory) => (false, "a memory"),
            (_, WasmTable) => (false, "a table"),
            _ => (false, "a global"),
        };
        if (!matches)
            throw new WasmUnlinkableException($"incompatible import type: wanted {import.Type}, found {found}", import.Module, import.Name);
    }

    // the present size counts, not the declared one
    private static bool Matches(WasmMemoryType wanted, WasmMemory memory) =>
        wanted.IndexType == memory.Type.IndexType && Matches(wanted.Limits, (ulong)memory.Pages, memory.Type.Limits.Maximum);

    private static bool Matches(WasmTableType wanted, WasmTable table) =>
        wanted.ElementType == table.Type.ElementType && wanted.IndexType == table.Type.IndexType
        && Matches(wanted.Limits, (ulong)table.Length, table.Type.Limits.Maximum);

    private static bool Matches(WasmLimits wanted, ulong size, ulong? maximum) =>
        size >= wanted.Minimum && (wanted.Maximum is null || maximum <= wanted.Maximum);

    private static string Maximum(WasmLimits limits) => limits.Maximum is ulong maximum ? $" {maximum}" : "";
}
