namespace Lunatic.Runtime;

/// <summary>How guests are executed. Results, traps and fuel are the same in every mode.</summary>
public enum ExecutionMode
{
    /// <summary>The interpreter executes everything.</summary>
    Interpreted,

    /// <summary>Every function is compiled to machine code when it is called for the first time, if it can be.</summary>
    Compiled,

    /// <summary>
    /// Every function begins in the interpreter; one that turns out to be hot is compiled in the background and then runs as machine code. Guests never wait for
    /// the compiler.
    /// </summary>
    Tiered,
}
