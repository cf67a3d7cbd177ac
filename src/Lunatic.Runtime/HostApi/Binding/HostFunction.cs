using Lunatic.Wasm;
using Lunatic.Wasm.Hosting;

namespace Lunatic.Runtime.HostApi.Binding;

/// <summary>
/// One host function, as guests import it. Most guests import few of the many there are, so type and entries are made when the first module asks for them.
/// </summary>
/// <param name="name">The import's name.</param>
/// <param name="parameters">Its parameters, a letter each: i is i32, l is i64, f is f32, d is f64.</param>
/// <param name="result">Its result in the same way; empty for none.</param>
/// <param name="index">The number by which <paramref name="entries"/> knows it.</param>
/// <param name="entries">Finds the methods that guest code calls; written by the generator.</param>
internal sealed unsafe class HostFunction(string name, string parameters, string result, int index, delegate*<int, HostEntries> entries)
{
    /// <summary>The import's name.</summary>
    public string Name { get; } = name;

    /// <summary>Its WebAssembly type.</summary>
    public WasmFunctionType Type => field ??= WasmFunctionType.Get(TypesOf(parameters), TypesOf(result));

    /// <summary>What a linker binds imports to.</summary>
    /// <param name="fullName">The name for the texts of traps.</param>
    public WasmHostFunction Bind(string fullName) => new(Type, entries(index)) { Name = fullName };

    private static WasmValueType[] TypesOf(string letters)
    {
        var types = new WasmValueType[letters.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = letters[i] switch
            {
                'i' => WasmValueType.I32,
                'l' => WasmValueType.I64,
                'f' => WasmValueType.F32,
                'd' => WasmValueType.F64,
                _ => throw new ArgumentException($"there is no type '{letters[i]}'", nameof(letters)),
            };
        }
        return types;
    }
}
