namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>What makes a <see cref="Value"/>.</summary>
internal enum ValueKind : byte
{
    Constant,
    Variable,
    /// <summary>An operator without side effects on one or two values.</summary>
    Operation,
    /// <summary>A load whose address has been checked.</summary>
    Load,
    /// <summary>A global.</summary>
    Global,
    /// <summary>One of two integers by a mask, so that the processor need not guess a branch.</summary>
    Select,
}
