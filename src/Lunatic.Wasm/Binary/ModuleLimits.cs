namespace Lunatic.Wasm.Binary;

/// <summary>
/// Implementation limits of modules, which the specification allows (appendix "Implementation Limitations"). Most are those of the JavaScript API.
/// They keep the time and the memory that loading takes linear in the module's size. A module beyond one is refused by a message that names it.
/// </summary>
internal static class ModuleLimits
{
    public const int ModuleBytes = 1 << 30;
    public const int Types = 1_000_000;
    public const int Parameters = 1_000;
    public const int Results = 1_000;
    public const int Imports = 1_000_000;
    public const int Exports = 1_000_000;
    public const int Functions = 1_000_000;
    public const int Globals = 1_000_000;
    public const int Tables = 100_000;
    public const int Memories = 100;
    public const int ElementSegments = 10_000_000;
    public const int Elements = 10_000_000;
    public const int DataSegments = 100_000;
    public const int NameBytes = 100_000;

    /// <summary>Bytes of one function body.</summary>
    public const int FunctionBytes = 7_654_321;

    /// <summary>Parameters and locals of one function.</summary>
    public const int Locals = 50_000;

    /// <summary>Blocks within blocks.</summary>
    public const int Nesting = 100_000;

    /// <summary>Instructions of one constant expression.</summary>
    public const int ConstantInstructions = 10_000;

    /// <summary>Pages of a memory with 32-bit addresses; of one with 64-bit addresses.</summary>
    public const ulong Pages32 = 1UL << 16;
    public const ulong Pages64 = 1UL << 48;

    /// <summary>Elements of a table with 32-bit indices. How many an instance may really have is the store's matter.</summary>
    public const ulong TableElements32 = uint.MaxValue;
}
