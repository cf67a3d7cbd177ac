using System.Collections.Frozen;
using System.Text;

namespace Lunatic.Wasm.Text;

/// <summary>
/// The words of the format that are no instructions. Only errors need them: a word in the wrong place is an "unexpected token",
/// a word that does not exist an "unknown operator".
/// </summary>
internal static class Keywords
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "module", "definition", "instance", "binary", "quote", "type", "rec", "sub", "final", "func", "struct", "array", "field", "param", "result",
        "local", "import", "export", "table", "memory", "global", "tag", "elem", "data", "start", "offset", "item", "declare", "mut", "shared",
        "then", "ref", "null", "i8", "i16", "i32", "i64", "f32", "f64", "v128", "extern", "any", "eq", "i31", "exn", "noexn", "nofunc", "noextern", "none",
        "funcref", "externref", "anyref", "eqref", "i31ref", "structref", "arrayref", "exnref", "nullref", "nullfuncref", "nullexternref", "nullexnref",
        "nan:canonical", "nan:arithmetic", "i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2",
    }.ToFrozenSet();

    /// <summary>Whether the format has such a word (or number).</summary>
    public static bool IsKnown(ReadOnlySpan<byte> text)
    {
        if (Mnemonics.Get(text) is not null || IsNumber(text))
            return true;
        if (text.StartsWith("offset="u8))
            return IsNatural(text[7..]);
        if (text.StartsWith("align="u8))
            return IsNatural(text[6..]);
        return text.Length < 32 && Words.Contains(Encoding.Latin1.GetString(text));
    }

    /// <summary>Whether the text is an integer or float literal.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) =>
        IntegerLiteral.TryParse(text, out _, out _, out _, out _)
        || FloatLiteral.Parse(text, FloatFormat.Double, out _) != FloatLiteral.Outcome.NotAFloat;

    private static bool IsNatural(ReadOnlySpan<byte> text) =>
        IntegerLiteral.TryParse(text, out bool signed, out _, out _, out _) && !signed;
}
