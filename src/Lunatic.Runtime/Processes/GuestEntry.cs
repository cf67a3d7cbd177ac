using Lunatic.Wasm;

namespace Lunatic.Runtime.Processes;

/// <summary>The function that a guest process runs.</summary>
/// <param name="Function">Name of an export.</param>
/// <param name="Arguments">Its arguments.</param>
internal readonly record struct GuestEntry(string Function, WasmValue[] Arguments)
{
    /// <summary>What is wrong with a function, of type <paramref name="type"/> or missing (null), as this entry; null if nothing.</summary>
    public string? Mismatch(WasmFunctionType? type)
    {
        if (type is null)
            return $"the module exports no function named \"{Function}\"";
        if (type.Results.Length != 0)
            return $"the function \"{Function}\" returns a value ({type}); the entry of a process must return none";
        if (!Fit(type))
            return $"the function \"{Function}\" is of type {type} but was given ({string.Join(", ", Arguments)})";
        return null;
    }

    private bool Fit(WasmFunctionType type)
    {
        if (type.Parameters.Length != Arguments.Length)
            return false;
        for (int i = 0; i < Arguments.Length; i++)
        {
            if (type.Parameters[i] != Arguments[i].Type)
                return false;
        }
        return true;
    }
}
