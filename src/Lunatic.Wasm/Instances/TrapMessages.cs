namespace Lunatic.Wasm.Instances;

/// <summary>What traps say, in the words of the specification's tests.</summary>
internal static class TrapMessages
{
    public static string Of(TrapReason reason) => reason switch
    {
        TrapReason.Unreachable => "unreachable",
        TrapReason.MemoryOutOfBounds => "out of bounds memory access",
        TrapReason.TableOutOfBounds => "out of bounds table access",
        TrapReason.IntegerDivideByZero => "integer divide by zero",
        TrapReason.IntegerOverflow => "integer overflow",
        TrapReason.InvalidConversionToInteger => "invalid conversion to integer",
        TrapReason.UninitializedElement => "uninitialized element",
        TrapReason.UndefinedElement => "undefined element",
        TrapReason.IndirectCallTypeMismatch => "indirect call type mismatch",
        TrapReason.CallStackExhausted => "call stack exhausted",
        TrapReason.OutOfFuel => "all fuel is used",
        _ => "host function failed",
    };
}
