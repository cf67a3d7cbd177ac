namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>
/// An operand: an expression that has not been evaluated yet, without side effects and without traps. What may change its value makes the emitter
/// evaluate it first. So whole expressions reach the JIT as such, and operands mostly need no variables.
/// </summary>
internal sealed class Value
{
    /// <summary>Deeper expressions are evaluated into a variable, which bounds recursion here and in the JIT.</summary>
    public const int MaxDepth = 48;

    public required ValueKind Kind { get; init; }

    public required StackType Type { get; init; }

    /// <summary>Of operations and loads.</summary>
    public Opcode Opcode { get; init; }

    /// <summary>A constant's bits, a load's offset, a global's index, the index of a vector's lane; of v128 and the lanes of a shuffle the low half.</summary>
    public long Bits { get; init; }

    /// <summary>The high half of a v128 and of the lanes of a shuffle.</summary>
    public long HighBits { get; init; }

    public Variable? Variable { get; init; }

    public Value? Left { get; init; }

    public Value? Right { get; init; }

    /// <summary>The condition of a select, the mask of a bitselect.</summary>
    public Value? Condition { get; init; }

    public int Depth { get; init; } = 1;

    public bool ReadsMemory { get; init; }

    public bool ReadsGlobals { get; init; }

    /// <summary>The <see cref="Variable.Mark"/>s of all variables it reads.</summary>
    public ulong Marks { get; init; }

    /// <summary>
    /// Whether it is a float of arithmetic that, where not a number, may be any NaN: it has to be made canonical before anything but arithmetic sees it.
    /// </summary>
    public bool MayBeAnyNaN { get; init; }

    /// <summary>Whether evaluating it again and later is as good as now.</summary>
    public bool IsTrivial => Kind == ValueKind.Constant || (Kind == ValueKind.Variable);

    public static Value Constant(StackType type, long bits) => new() { Kind = ValueKind.Constant, Type = type, Bits = bits };

    public static Value Constant(long low, long high) =>
        new() { Kind = ValueKind.Constant, Type = StackType.V128, Bits = low, HighBits = high };

    public static Value Of(Variable variable) =>
        new() { Kind = ValueKind.Variable, Type = variable.Type, Variable = variable, Marks = variable.Mark, MayBeAnyNaN = variable.HoldsAnyNaN };

    public static Value Operation(Opcode opcode, StackType type, Value left, Value? right = null, bool mayBeAnyNaN = false) => new()
    {
        Kind = ValueKind.Operation,
        Opcode = opcode,
        Type = type,
        Left = left,
        Right = right,
        Depth = 1 + Math.Max(left.Depth, right?.Depth ?? 0),
        ReadsMemory = left.ReadsMemory || right is { ReadsMemory: true },
        ReadsGlobals = left.ReadsGlobals || right is { ReadsGlobals: true },
        Marks = left.Marks | (right?.Marks ?? 0),
        MayBeAnyNaN = mayBeAnyNaN,
    };

    /// <summary>An operator on vectors: <c>low</c> is the index of a lane, or with <c>high</c> the lanes of a shuffle.</summary>
    public static Value Vector(Opcode opcode, StackType type, Value left, Value? right = null, Value? mask = null, long low = 0, long high = 0,
        bool mayBeAnyNaN = false) => new()
        {
            Kind = ValueKind.Operation,
            Opcode = opcode,
            Type = type,
            Bits = low,
            HighBits = high,
            Left = left,
            Right = right,
            Condition = mask,
            Depth = 1 + Math.Max(left.Depth, Math.Max(right?.Depth ?? 0, mask?.Depth ?? 0)),
            ReadsMemory = left.ReadsMemory || right is { ReadsMemory: true } || mask is { ReadsMemory: true },
            ReadsGlobals = left.ReadsGlobals || right is { ReadsGlobals: true } || mask is { ReadsGlobals: true },
            Marks = left.Marks | (right?.Marks ?? 0) | (mask?.Marks ?? 0),
            MayBeAnyNaN = mayBeAnyNaN,
        };

    public static Value Load(Opcode opcode, StackType type, Value address, long offset) => new()
    {
        Kind = ValueKind.Load,
        Opcode = opcode,
        Type = type,
        Left = address,
        Bits = offset,
        Depth = 1 + address.Depth,
        ReadsMemory = true,
        ReadsGlobals = address.ReadsGlobals,
        Marks = address.Marks,
    };

    public static Value Global(StackType type, int index) => new() { Kind = ValueKind.Global, Type = type, Bits = index, ReadsGlobals = true };

    public static Value Select(Value condition, Value left, Value right) => new()
    {
        Kind = ValueKind.Select,
        Type = left.Type,
        Left = left,
        Right = right,
        Condition = condition,
        Depth = 1 + Math.Max(condition.Depth, Math.Max(left.Depth, right.Depth)),
        ReadsMemory = condition.ReadsMemory || left.ReadsMemory || right.ReadsMemory,
        ReadsGlobals = condition.ReadsGlobals || left.ReadsGlobals || right.ReadsGlobals,
        Marks = condition.Marks | left.Marks | right.Marks,
    };
}
