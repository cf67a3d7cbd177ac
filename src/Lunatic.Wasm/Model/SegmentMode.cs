namespace Lunatic.Wasm.Model;

/// <summary>What becomes of an element or data segment when the module is instantiated.</summary>
internal enum SegmentMode : byte
{
    /// <summary>Copied into its table or memory, then dropped.</summary>
    Active,
    /// <summary>Kept for table.init or memory.init.</summary>
    Passive,
    /// <summary>Only declares functions as referenced; dropped at once.</summary>
    Declarative,
}
