using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

// 2 doubles
internal static partial class VectorArithmetic
{
    [MethodImpl(Inline)]
    public static V128 F64x2Ceil(V128 a) => Vector128.Ceiling(a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Floor(V128 a) => Vector128.Floor(a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Trunc(V128 a) => Vector128.Truncate(a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Nearest(V128 a) => Vector128.Round(a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Sqrt(V128 a) => Vector128.Sqrt(a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Add(V128 a, V128 b) => (a.AsDouble() + b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Sub(V128 a, V128 b) => (a.AsDouble() - b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Mul(V128 a, V128 b) => (a.AsDouble() * b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Div(V128 a, V128 b) => (a.AsDouble() / b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Min(V128 a, V128 b) => Vector128.Min(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F64x2Max(V128 a, V128 b) => Vector128.Max(a.AsDouble(), b.AsDouble()).AsByte();
}
