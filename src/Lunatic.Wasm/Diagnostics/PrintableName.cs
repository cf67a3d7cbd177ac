using System.Buffers;

namespace Lunatic.Wasm.Diagnostics;

/// <summary>
/// Names come from modules, so from anybody: before they reach a log or a terminal, control characters (which a terminal would obey) are replaced and
/// what is longer than <see cref="MaxLength"/> is cut.
/// </summary>
internal static class PrintableName
{
    /// <summary>UTF-16 units of a name that are shown at most.</summary>
    public const int MaxLength = 256;

    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Where(code => char.IsControl((char)code)).Select(code => (char)code), '\u2028', '\u2029', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069']);

    /// <summary>The name of a function, readable and harmless.</summary>
    public static string OfFunction(string? name) => name is null ? "<unnamed>" : Of(RustSymbol.Demangle(name.Length > 4 * MaxLength ? name[..(4 * MaxLength)] : name));

    /// <summary>Any name, harmless.</summary>
    public static string Of(string name)
    {
        if (name.Length > MaxLength)
            name = $"{name.AsSpan(0, MaxLength)}…";
        return name.AsSpan().IndexOfAny(Controls) < 0
            ? name
            : string.Create(name.Length, name, static (target, name) => name.AsSpan().ReplaceAny(target, Controls, Replacement));
    }
}
