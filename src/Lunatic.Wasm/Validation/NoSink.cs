using Lunatic.Wasm.Binary;

namespace Lunatic.Wasm.Validation;

/// <summary>Wants to be told nothing: validation at load.</summary>
internal readonly struct NoSink : IFunctionSink
{
    public static bool Observes => false;

    public void Begin(in FunctionFacts function, OperandStack stack)
    {
    }

    public void Operator(in Operator op, OperandStack stack)
    {
    }

    public void Block(in Operator op, in ControlFrame block, OperandStack stack)
    {
    }

    public void Else(in Operator op, bool fallsThrough)
    {
    }

    public void End(in Operator op, in ControlFrame block, bool fallsThrough, bool continues)
    {
    }

    public void Branch(in Operator op, in Label label, OperandStack stack)
    {
    }

    public void BranchIf(in Operator op, in Label label, OperandStack stack)
    {
    }

    public void BranchTable(in Operator op, ReadOnlySpan<Label> labels, OperandStack stack)
    {
    }
}
