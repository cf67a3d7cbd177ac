using Lunatic.Wasm.Binary;

namespace Lunatic.Wasm.Validation;

/// <summary>
/// Is told what the validator finds in a function body, operator by operator, but only about code that control can reach.
/// In such code the operand stack holds no unknown types. Every method gets the stack as it is before the operator pops anything,
/// unless it says otherwise.
/// </summary>
internal interface IFunctionSink
{
    /// <summary>Whether the sink wants to be told anything; when not, the calls are compiled away.</summary>
    static abstract bool Observes { get; }

    /// <summary>The body begins.</summary>
    void Begin(in FunctionFacts function, OperandStack stack);

    /// <summary>Any operator without a method of its own, unreachable, return and calls included.</summary>
    void Operator(in Operator op, OperandStack stack);

    /// <summary>A block, loop or if begins. The condition of an if is popped; the parameters are still below <paramref name="stack"/>'s top.</summary>
    void Block(in Operator op, in ControlFrame block, OperandStack stack);

    /// <summary>The second branch of an if begins.</summary>
    /// <param name="op">The else.</param>
    /// <param name="fallsThrough">Whether control comes to the end of the first branch; then its results lie on the stack.</param>
    void Else(in Operator op, bool fallsThrough);

    /// <summary>A block ends. The last one is the function itself.</summary>
    /// <param name="op">The end.</param>
    /// <param name="block">The block, with <see cref="ControlFrame.Targeted"/> final.</param>
    /// <param name="fallsThrough">Whether control comes to the end of the block's code.</param>
    /// <param name="continues">Whether control comes to what follows the block, on whichever way.</param>
    void End(in Operator op, in ControlFrame block, bool fallsThrough, bool continues);

    /// <summary>A br.</summary>
    void Branch(in Operator op, in Label label, OperandStack stack);

    /// <summary>A br_if; the condition is popped.</summary>
    void BranchIf(in Operator op, in Label label, OperandStack stack);

    /// <summary>A br_table; the selector is popped, the default label is the last.</summary>
    void BranchTable(in Operator op, ReadOnlySpan<Label> labels, OperandStack stack);
}
