namespace Lunatic.Wasm.Text;

/// <summary>What the parser of instructions is inside of.</summary>
internal enum OpenConstruct : byte
{
    /// <summary><c>block</c> or <c>loop</c>, up to <c>end</c>.</summary>
    Block,

    /// <summary><c>if</c>, up to <c>else</c> or <c>end</c>.</summary>
    If,

    /// <summary><c>else</c>, up to <c>end</c>.</summary>
    Else,

    /// <summary>A folded plain instruction: its operands.</summary>
    FoldedOperator,

    /// <summary>A folded <c>block</c> or <c>loop</c>.</summary>
    FoldedBlock,

    /// <summary>The condition of a folded <c>if</c>.</summary>
    FoldedCondition,

    /// <summary>The <c>then</c> of a folded <c>if</c>.</summary>
    FoldedThen,

    /// <summary>A folded <c>if</c> behind its <c>then</c>.</summary>
    AfterThen,

    /// <summary>The <c>else</c> of a folded <c>if</c>.</summary>
    FoldedElse,

    /// <summary>A folded <c>if</c> behind its <c>else</c>.</summary>
    AfterElse,
}
