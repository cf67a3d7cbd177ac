using System.Globalization;
using System.Text;

namespace Lunatic.Wasm.Diagnostics;

/// <summary>Makes the function names that rustc writes readable: <c>_ZN5crash5inner17hda9be5d99e2e44d0E</c> is <c>crash::inner</c>.</summary>
/// <remarks>Rust's own ("legacy") mangling, the default of all compilers that build lunatic guests; other names stay as they are.</remarks>
internal static class RustSymbol
{
    private const string Prefix = "_ZN";
    private const int HashLength = 17; // h and 16 hexadecimal digits

    private static readonly Dictionary<string, string> Escapes = new(StringComparer.Ordinal)
    {
        ["SP"] = "@",
        ["BP"] = "*",
        ["RF"] = "&",
        ["LT"] = "<",
        ["GT"] = ">",
        ["LP"] = "(",
        ["RP"] = ")",
        ["C"] = ",",
    };

    /// <summary>The readable name, or the same one if it is not mangled that way.</summary>
    public static string Demangle(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            return name;
        var path = new List<string>();
        ReadOnlySpan<char> rest = name.AsSpan(Prefix.Length);
        while (rest is not "E")
        {
            int digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 6 || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > rest.Length - digits)
                return name;
            path.Add(Unescape(rest.Slice(digits, length)));
            rest = rest[(digits + length)..];
        }
        if (path.Count > 1 && IsHash(path[^1]))
            path.RemoveAt(path.Count - 1);
        return path.Count == 0 ? name : string.Join("::", path);
    }

    private static bool IsHash(string part) => part.Length == HashLength && part[0] == 'h' && part.AsSpan(1).IndexOfAnyExcept("0123456789abcdef") < 0;

    private static string Unescape(ReadOnlySpan<char> part)
    {
        // an identifier may not begin with $, so rustc puts _ before it
        if (part.StartsWith("_$"))
            part = part[1..];
        var text = new StringBuilder(part.Length);
        while (!part.IsEmpty)
        {
            int taken = 1;
            if (part.StartsWith(".."))
            {
                text.Append("::");
                taken = 2;
            }
            else if (part[0] == '$' && part[1..].IndexOf('$') is > 0 and var end && Escape(part.Slice(1, end).ToString()) is { } escaped)
            {
                text.Append(escaped);
                taken = end + 2;
            }
            else
            {
                text.Append(part[0]);
            }
            part = part[taken..];
        }
        return text.ToString();
    }

    private static string? Escape(string code)
    {
        if (Escapes.TryGetValue(code, out string? known))
            return known;
        return code[0] == 'u' && int.TryParse(code.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int rune) && Rune.IsValid(rune)
            ? new Rune(rune).ToString()
            : null;
    }
}
