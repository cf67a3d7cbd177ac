using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lunatic.Benchmarks.Vectors;

/// <summary>The loops of vectors.wat in C#, without metering and without checks of bounds. Memory is 48 KiB: a, b and c of 16 KiB each.</summary>
internal static unsafe class VectorKernels
{
    private const int Bytes = 16384;

    public static int MultiplyAddIntegers(byte* memory, int passes)
    {
        Vector128<int> k = Vector128.Create(17);
        for (; passes > 0; passes--)
        {
            for (byte* at = memory; at < memory + Bytes; at += 16)
                ((Vector128.Load((int*)at) * k) + Vector128.Load((int*)(at + Bytes))).Store((int*)(at + (2 * Bytes)));
        }
        return *(int*)(memory + (2 * Bytes) + 16);
    }

    public static int MultiplyAddFloats(byte* memory, int passes)
    {
        Vector128<float> k = Vector128.Create(0.5f);
        for (; passes > 0; passes--)
        {
            for (byte* at = memory; at < memory + Bytes; at += 16)
                ((Vector128.Load((float*)at) * k) + Vector128.Load((float*)(at + Bytes))).Store((float*)(at + Bytes));
        }
        return *(int*)(memory + Bytes + 16);
    }

    public static int Shuffle(byte* memory, int passes)
    {
        for (; passes > 0; passes--)
        {
            for (byte* at = memory; at < memory + Bytes; at += 16)
            {
                Vector128<byte> b = Vector128.Load(at + Bytes);
                Vector128.Shuffle(Interleave(Vector128.Load(at), b), b).Store(at + (2 * Bytes));
            }
        }
        return *(int*)(memory + (2 * Bytes) + 16);
    }

    public static int Dot(byte* memory, int passes)
    {
        Vector128<int> sum = Vector128<int>.Zero;
        for (; passes > 0; passes--)
        {
            for (byte* at = memory; at < memory + Bytes; at += 16)
                sum += Dot(Vector128.Load((short*)at), Vector128.Load((short*)(at + Bytes)));
        }
        return Vector128.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Interleave(Vector128<byte> a, Vector128<byte> b) =>
        Vector128.Shuffle(a, Vector128.Create((byte)0, 255, 1, 255, 2, 255, 3, 255, 4, 255, 5, 255, 6, 255, 7, 255))
        | Vector128.Shuffle(b, Vector128.Create((byte)255, 0, 255, 1, 255, 2, 255, 3, 255, 4, 255, 5, 255, 6, 255, 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Dot(Vector128<short> a, Vector128<short> b) => Sse2.IsSupported
        ? Sse2.MultiplyAddAdjacent(a, b)
        : (Vector128.WidenLower(a) * Vector128.WidenLower(b)) + (Vector128.WidenUpper(a) * Vector128.WidenUpper(b));
}
