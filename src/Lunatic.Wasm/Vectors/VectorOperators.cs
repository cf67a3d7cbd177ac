using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Lunatic.Wasm.Vectors;

/// <summary>
/// What the vector operators compute: a method each, named as in <see cref="Compilation.Opcode"/>, the same for both tiers. A v128 is a vector of bytes,
/// whatever its lanes; integers are int and long, bits beyond a lane's width being ignored. Operators that touch memory are built of these.
/// This file has those that know no lanes; the others are in the file of their lanes' shape.
/// </summary>
internal static partial class VectorOperators
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static V128 V128Not(V128 a) => ~a;

    [MethodImpl(Inline)]
    public static V128 V128And(V128 a, V128 b) => a & b;

    [MethodImpl(Inline)]
    public static V128 V128AndNot(V128 a, V128 b) => Vector128.AndNot(a, b);

    [MethodImpl(Inline)]
    public static V128 V128Or(V128 a, V128 b) => a | b;

    [MethodImpl(Inline)]
    public static V128 V128Xor(V128 a, V128 b) => a ^ b;

    [MethodImpl(Inline)]
    public static V128 V128Bitselect(V128 a, V128 b, V128 mask) => Vector128.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static int V128AnyTrue(V128 a) => a == V128.Zero ? 0 : 1;
}
