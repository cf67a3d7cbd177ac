namespace Lunatic.Wasm;

/// <summary>The abstract heap types, by their (negative) codes of the binary format.</summary>
internal static class AbstractHeapType
{
    public const int Func = -0x10;
    public const int Extern = -0x11;

    public static string Describe(int heapType) => heapType switch
    {
        Func => "func",
        Extern => "extern",
        _ => heapType.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
