namespace Lunatic.Runtime;

/// <summary>How guests are executed. Results, traps and fuel are the same in every mode.</summary>
public enum ExecutionMode
{
    /// <summary>The interpreter executes everything.</summary>
    Interpreted,

    /// <summary>Every function is compiled to machine code when it is called for the first time, if it can be.</summary>
    Compiled,
}
