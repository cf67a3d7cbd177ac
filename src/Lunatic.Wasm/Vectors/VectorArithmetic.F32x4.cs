using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

/// <summary>
/// Arithmetic on floats as the processor does it: a lane that is not a number may be any NaN. <see cref="VectorOperators"/> makes it the canonical one;
/// compiled code does so only where anything but arithmetic could see it.
/// </summary>
internal static partial class VectorArithmetic
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static V128 F32x4Ceil(V128 a) => Vector128.Ceiling(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Floor(V128 a) => Vector128.Floor(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Trunc(V128 a) => Vector128.Truncate(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Nearest(V128 a) => Vector128.Round(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Sqrt(V128 a) => Vector128.Sqrt(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Add(V128 a, V128 b) => (a.AsSingle() + b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Sub(V128 a, V128 b) => (a.AsSingle() - b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Mul(V128 a, V128 b) => (a.AsSingle() * b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Div(V128 a, V128 b) => (a.AsSingle() / b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Min(V128 a, V128 b) => Vector128.Min(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V128 F32x4Max(V128 a, V128 b) => Vector128.Max(a.AsSingle(), b.AsSingle()).AsByte();
}
