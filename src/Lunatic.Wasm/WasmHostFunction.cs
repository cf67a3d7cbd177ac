namespace Lunatic.Wasm;

/// <summary>A C# function that guests can import.</summary>
public sealed class WasmHostFunction
{
    /// <summary>A host function over raw slots.</summary>
    public WasmHostFunction(WasmFunctionType type, WasmHostCallback callback)
    {
        Type = type;
        Callback = callback;
    }

    /// <summary>The function's type.</summary>
    public WasmFunctionType Type { get; }

    internal WasmHostCallback Callback { get; }
}
