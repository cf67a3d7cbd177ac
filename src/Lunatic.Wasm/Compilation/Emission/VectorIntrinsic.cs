using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>A method of <see cref="Vector128"/> that is an operator by itself, on lanes of a type. The JIT makes instructions of it wherever it stands.</summary>
/// <param name="Method">The method.</param>
/// <param name="IsComplement">Whether the operator gives the complement of what it gives.</param>
internal sealed record VectorIntrinsic(MethodInfo Method, bool IsComplement)
{
    private static readonly MethodInfo As = typeof(Vector128).GetMethod(nameof(Vector128.As))!;
    private static readonly MethodInfo OnesComplement = typeof(Vector128).GetMethod(nameof(Vector128.OnesComplement))!.MakeGenericMethod(typeof(byte));

    /// <summary>Makes the method's kind of vector of the vector of bytes on the evaluation stack.</summary>
    public void EmitOperand(ILGenerator il) => EmitAs(il, typeof(byte), Method.GetParameters()[0].ParameterType.GenericTypeArguments[0]);

    /// <summary>The operator, on the operands on the evaluation stack.</summary>
    public void EmitCall(ILGenerator il)
    {
        il.Emit(OpCodes.Call, Method);
        EmitAs(il, Method.ReturnType.GenericTypeArguments[0], typeof(byte));
        if (IsComplement)
            il.Emit(OpCodes.Call, OnesComplement);
    }

    private static void EmitAs(ILGenerator il, Type from, Type to)
    {
        if (from != to)
            il.Emit(OpCodes.Call, As.MakeGenericMethod(from, to));
    }
}
