using System.Reflection.Emit;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>An argument or local of the method that is being emitted.</summary>
internal sealed class Variable
{
    /// <summary>A local of the method.</summary>
    public Variable(StackType type, LocalBuilder local)
    {
        Type = type;
        Local = local;
    }

    /// <summary>An argument of the method.</summary>
    public Variable(StackType type, int argument)
    {
        Type = type;
        Argument = argument;
    }

    public StackType Type { get; }

    public LocalBuilder? Local { get; }

    public int Argument { get; }

    /// <summary>A bit for the WebAssembly local it holds; several may have the same. 0 for what is assigned only where nothing holds on to its old value.</summary>
    public ulong Mark { get; init; }

    /// <summary>Whether it only ever holds floats of arithmetic, which may be any NaN (see <see cref="Value.MayBeAnyNaN"/>).</summary>
    public bool HoldsAnyNaN { get; init; }
}
