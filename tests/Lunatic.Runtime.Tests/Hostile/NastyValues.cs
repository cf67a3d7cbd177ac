using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>Arguments that a hostile guest would try: edges of the number ranges and of a memory of one page, ids that may or may not exist, and random ones.</summary>
internal static class NastyValues
{
    private static readonly int[] Integers =
    [
        0, 1, -1, int.MaxValue, int.MinValue, 2, 3, 4, 5, 8, 24, 64, 255, 1024, 4096, 65_528, 65_529, 65_532, 65_535, 65_536, 65_537, -65_536, -8, 0x1000_0000, 0x2000_0000, 0x4000_0000,
    ];

    private static readonly long[] LongIntegers =
    [
        0, 1, -1, long.MaxValue, long.MinValue, 2, 3, 7, -2, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 62, -10_000, 65_536, 4096,
    ];

    private static readonly double[] Floats = [0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon];

    /// <summary>Lists of arguments for a function: all alike, each edge in one place with zeros and with random others, and random ones.</summary>
    public static IEnumerable<WasmValue[]> ArgumentsOf(WasmFunctionType type, Random random, int randomLists)
    {
        WasmValueType[] parameters = [.. type.Parameters];
        if (parameters.Length == 0)
        {
            yield return [];
            yield break;
        }
        for (int edge = 0; edge < Integers.Length; edge++)
            yield return [.. parameters.Select(parameter => Edge(parameter, edge))];
        for (int place = 0; place < parameters.Length; place++)
        {
            for (int edge = 0; edge < Integers.Length; edge++)
                yield return [.. parameters.Select((parameter, index) => index == place ? Edge(parameter, edge) : Plausible(parameter, index))];
        }
        for (int i = 0; i < randomLists; i++)
            yield return [.. parameters.Select(parameter => Any(parameter, random))];
    }

    /// <summary>An edge or, sometimes, any value of a type.</summary>
    public static WasmValue Any(WasmValueType type, Random random)
    {
        if (random.Next(4) > 0)
            return Edge(type, random.Next(100));
        byte[] bytes = new byte[8];
        random.NextBytes(bytes);
        if (type == WasmValueType.I32)
            return BitConverter.ToInt32(bytes);
        return type == WasmValueType.I64 ? WasmValue.FromInt64(BitConverter.ToInt64(bytes)) : BitConverter.ToDouble(bytes);
    }

    private static WasmValue Edge(WasmValueType type, int number)
    {
        if (type == WasmValueType.I32)
            return Integers[number % Integers.Length];
        return type == WasmValueType.I64 ? WasmValue.FromInt64(LongIntegers[number % LongIntegers.Length]) : Floats[number % Floats.Length];
    }

    // what a call gets past its first checks with: small pointers that differ, short lengths, ids that exist
    private static WasmValue Plausible(WasmValueType type, int place)
    {
        if (type == WasmValueType.I32)
            return place % 2 == 0 ? 64 * place : 5;
        return type == WasmValueType.I64 ? WasmValue.FromInt64(place == 0 ? 0 : -1) : 1.0;
    }
}
