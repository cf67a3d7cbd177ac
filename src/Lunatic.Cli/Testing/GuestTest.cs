using System.Text;

namespace Lunatic.Cli.Testing;

/// <summary>A test that a module exports, as its name says: <c>#lunatic_test_</c>, perhaps <c>#ignore_</c>, perhaps <c>#panic_TEXT#</c>, then the name that is shown.</summary>
/// <param name="Export">The function's name.</param>
/// <param name="Name">The name that is shown and filtered by.</param>
/// <param name="IsIgnored">Whether it runs only when asked for.</param>
/// <param name="PanicText">What the panic that the test must end with contains; null: it must not panic.</param>
internal sealed record GuestTest(string Export, string Name, bool IsIgnored, string? PanicText)
{
    private const string Prefix = "#lunatic_test_";
    private const string IgnorePrefix = "#ignore_";
    private const string PanicPrefix = "#panic_";

    /// <summary>The name, with what is expected.</summary>
    public string Title => PanicText is null ? Name : $"{Name} - should panic";

    /// <summary>Reads an export's name; null: it is no test.</summary>
    /// <exception cref="FormatException">The text of the panic has no end.</exception>
    public static GuestTest? Parse(string export)
    {
        if (!export.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        string rest = export[Prefix.Length..];
        bool isIgnored = rest.StartsWith(IgnorePrefix, StringComparison.Ordinal);
        if (isIgnored)
            rest = rest[IgnorePrefix.Length..];
        if (!rest.StartsWith(PanicPrefix, StringComparison.Ordinal))
            return new GuestTest(export, rest, isIgnored, null);
        rest = rest[PanicPrefix.Length..];
        var text = new StringBuilder();
        int at = 0;
        for (; at < rest.Length && rest[at] != '#'; at++)
        {
            // a # of the text is written \#
            if (rest[at] == '\\' && at + 1 < rest.Length && rest[at + 1] == '#')
                at++;
            text.Append(rest[at]);
        }
        if (at == rest.Length)
            throw new FormatException($"the exported test \"{export}\" has no # behind the text of its panic");
        return new GuestTest(export, rest[(at + 1)..], isIgnored, text.ToString());
    }
}
