namespace Lunatic.Wasm.Scripts;

/// <summary>The module <c>spectest</c> that scripts import from (WebAssembly/spec, interpreter/README.md, "Spectest host module").</summary>
internal static class SpecTestModule
{
    private const string Name = "spectest";

    public static void Define(WasmLinker linker, WasmStore store)
    {
        Global("global_i32", 666);
        Global("global_i64", 666L);
        Global("global_f32", 666.6f);
        Global("global_f64", 666.6);
        linker.Define(Name, "table", new WasmTable(store, WasmValueType.FuncRef, 10, 20));
        linker.Define(Name, "memory", new WasmMemory(store, 1, 2));
        Print("print");
        Print("print_i32", WasmValueType.I32);
        Print("print_i64", WasmValueType.I64);
        Print("print_f32", WasmValueType.F32);
        Print("print_f64", WasmValueType.F64);
        Print("print_i32_f32", WasmValueType.I32, WasmValueType.F32);
        Print("print_f64_f64", WasmValueType.F64, WasmValueType.F64);

        void Global(string name, WasmValue value) =>
            linker.Define(Name, name, new WasmGlobal(store, new WasmGlobalType(value.Type, isMutable: false), value));

        // what is printed is of no interest
        void Print(string name, params ReadOnlySpan<WasmValueType> parameters) =>
            linker.Define(Name, name, new WasmHostFunction(WasmFunctionType.Get(parameters, []), static (_, _) => { }));
    }
}
