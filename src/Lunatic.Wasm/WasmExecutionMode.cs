namespace Lunatic.Wasm;

/// <summary>How a store executes guest code. Results, traps and fuel are the same in every mode.</summary>
public enum WasmExecutionMode
{
    /// <summary>The interpreter executes everything.</summary>
    Interpreted,

    /// <summary>
    /// Every function is compiled to machine code when it is called for the first time, if it can be. Where the runtime has no dynamic code
    /// (<see cref="System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported"/>), the interpreter executes everything.
    /// </summary>
    Compiled,

    /// <summary>
    /// Every function begins in the interpreter; one that turns out to be hot is compiled in the background meanwhile, and then runs as machine code, from its
    /// next call or, in a loop, the next turn on. Guests never wait for the compiler. Where the runtime has no dynamic code, the interpreter executes everything.
    /// </summary>
    Tiered,
}
