namespace Lunatic.Wasm.Compilation;

/// <summary>Why a frame can be taken at a site.</summary>
internal enum SiteKind : byte
{
    /// <summary>After the charge at a function's entry.</summary>
    Entry,
    /// <summary>After the charge of a loop.</summary>
    LoopHeader,
    /// <summary>After a call, whose results are still to come.</summary>
    Call,
    /// <summary>Before an operation on a whole range of a memory or table, which is done in pieces.</summary>
    Bulk,
}
