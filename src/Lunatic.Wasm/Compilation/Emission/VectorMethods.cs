using System.Reflection;
using System.Runtime.Intrinsics;
using Lunatic.Wasm.Vectors;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>Methods that generated code calls for vectors. The JIT puts them in place.</summary>
internal static class VectorMethods
{
    private const int Opcodes = 0x300;

    public static readonly MethodInfo Create = typeof(Vector128).GetMethod(nameof(Vector128.Create), [typeof(long), typeof(long)])!;
    public static readonly MethodInfo AsByte = typeof(Vector128).GetMethod(nameof(Vector128.AsByte))!.MakeGenericMethod(typeof(long));
    public static readonly MethodInfo Zero = typeof(Vector128<byte>).GetProperty(nameof(Vector128<>.Zero))!.GetMethod!;
    public static readonly MethodInfo Shuffle = typeof(Vector128).GetMethod(nameof(Vector128.Shuffle), [typeof(Vector128<byte>), typeof(Vector128<byte>)])!;
    public static readonly MethodInfo CanonicalF32x4 = typeof(VectorOperators).GetMethod(nameof(VectorOperators.F32x4Canonical))!;
    public static readonly MethodInfo CanonicalF64x2 = typeof(VectorOperators).GetMethod(nameof(VectorOperators.F64x2Canonical))!;
    public static readonly MethodInfo ConditionalSelect =
        typeof(Vector128).GetMethod(nameof(Vector128.ConditionalSelect))!.MakeGenericMethod(typeof(byte));

    private static readonly MethodInfo?[] Operators = ByOpcode(typeof(VectorOperators).GetMethods(BindingFlags.Static | BindingFlags.Public));
    private static readonly MethodInfo?[] Arithmetic = ByOpcode(typeof(VectorArithmetic).GetMethods(BindingFlags.Static | BindingFlags.Public));

    /// <summary>The method that computes an operator; of arithmetic on floats the one whose NaNs may be any.</summary>
    public static MethodInfo Of(Opcode opcode) =>
        Arithmetic[(int)opcode] ?? Operators[(int)opcode] ?? throw new NotSupportedException($"the compiler does not know the operator {opcode}");

    /// <summary>Whether a lane that is not a number may be any NaN in what <see cref="Of"/> computes.</summary>
    public static bool YieldsAnyNaN(Opcode opcode) => Arithmetic[(int)opcode] is not null;

    /// <summary>Whether it makes no difference which NaNs the lanes of an operand are, if they have the shape that the operator takes them to have.</summary>
    public static bool TakesAnyNaN(Opcode opcode) => YieldsAnyNaN(opcode) || opcode is (>= Opcode.F32x4Eq and <= Opcode.F64x2Ge)
        or Opcode.I32x4TruncSatF32x4S or Opcode.I32x4TruncSatF32x4U or Opcode.I32x4TruncSatF64x2SZero or Opcode.I32x4TruncSatF64x2UZero;

    /// <summary>Whether the floats that an operator takes or yields are doubles.</summary>
    public static bool IsF64x2(Opcode opcode) => opcode is (>= Opcode.F64x2Eq and <= Opcode.F64x2Ge) or Opcode.F64x2Ceil or Opcode.F64x2Floor
        or Opcode.F64x2Trunc or Opcode.F64x2Nearest or (>= Opcode.F64x2Abs and <= Opcode.F64x2Pmax)
        or Opcode.I32x4TruncSatF64x2SZero or Opcode.I32x4TruncSatF64x2UZero;

    // methods are named as their operators
    private static MethodInfo?[] ByOpcode(MethodInfo[] methods)
    {
        var table = new MethodInfo?[Opcodes];
        foreach (MethodInfo method in methods)
        {
            if (Enum.TryParse(method.Name, out Opcode opcode))
                table[(int)opcode] = method;
        }
        return table;
    }
}
