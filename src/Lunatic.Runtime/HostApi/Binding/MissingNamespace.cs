using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi.Binding;

/// <summary>Builds namespaces whose functions are not there yet: they link with the right types, and a call traps with a text that names the function.</summary>
internal static class MissingNamespace
{
    /// <summary>A namespace of missing functions.</summary>
    /// <param name="name">The module name of the imports.</param>
    /// <param name="functions">Names with types, in the notation of the host ABI's list: parameters, then the result after an arrow, where i is i32, l is i64, d is f64.</param>
    public static HostNamespace Create(string name, params (string Name, string Type)[] functions) =>
        new(name, [.. functions.Select(function => Missing(name, function.Name, ParseType(function.Type)))]);

    private static HostFunction Missing(string hostNamespace, string name, WasmFunctionType type)
    {
        string message = $"not there yet: this version of Lunatic for .NET provides no {hostNamespace}";
        return new HostFunction(name, type, (caller, _) => caller.Trap(message));
    }

    private static WasmFunctionType ParseType(string type)
    {
        string[] sides = type.Split('→');
        return WasmFunctionType.Get(Types(sides[0]), sides.Length > 1 ? Types(sides[1]) : []);

        static WasmValueType[] Types(string letters) => [.. letters.Select(letter => letter switch
        {
            'i' => WasmValueType.I32,
            'l' => WasmValueType.I64,
            'd' => WasmValueType.F64,
            _ => throw new FormatException($"unknown letter '{letter}' of a host function's type"),
        })];
    }
}
