namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>
/// How compiled functions of a type are called: the instance, then the parameters. A single result is returned; several lie in the context's result area.
/// </summary>
internal static class CompiledSignature
{
    public static Type[] Parameters(WasmFunctionType type)
    {
        var parameters = new Type[1 + type.Parameters.Length];
        parameters[0] = typeof(nint);
        for (int i = 0; i < type.Parameters.Length; i++)
            parameters[1 + i] = StackTypes.ClrType(StackTypes.Of(type.Parameters[i]));
        return parameters;
    }

    public static Type Result(WasmFunctionType type) =>
        type.Results.Length == 1 ? StackTypes.ClrType(StackTypes.Of(type.Results[0])) : typeof(void);
}
