namespace Lunatic.Wasm;

/// <summary>Why a guest trapped.</summary>
public enum TrapReason
{
    /// <summary>The <c>unreachable</c> operator was executed.</summary>
    Unreachable = 1,

    /// <summary>A load, store or bulk operation went outside a memory.</summary>
    MemoryOutOfBounds,

    /// <summary>A table was accessed outside its size.</summary>
    TableOutOfBounds,

    /// <summary>Integer division by zero.</summary>
    IntegerDivideByZero,

    /// <summary>The result of an integer operation cannot be represented.</summary>
    IntegerOverflow,

    /// <summary>A float that is not a number was converted to an integer.</summary>
    InvalidConversionToInteger,

    /// <summary>An indirect call met a null element.</summary>
    UninitializedElement,

    /// <summary>An indirect call met an element beyond the table's size.</summary>
    UndefinedElement,

    /// <summary>An indirect call met a function of another type.</summary>
    IndirectCallTypeMismatch,

    /// <summary>The frames of the guest's calls reached their limit.</summary>
    CallStackExhausted,

    /// <summary>All the fuel that the guest may use is used.</summary>
    OutOfFuel,

    /// <summary>A host function refused the call (bad pointer, unknown id, missing right) or failed.</summary>
    Host,
}
