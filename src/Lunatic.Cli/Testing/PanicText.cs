using System.Text.RegularExpressions;

namespace Lunatic.Cli.Testing;

/// <summary>Finds what a guest's panic says in what it wrote.</summary>
internal static partial class PanicText
{
    /// <summary>The text of the first panic; null: there is none.</summary>
    public static string? Find(string output)
    {
        Match old = OneLine().Match(output);
        if (old.Success)
            return old.Groups[1].Value;
        Match recent = TwoLines().Match(output);
        return recent.Success ? recent.Groups[1].Value : null;
    }

    // before Rust 1.73: thread 'main' panicked at 'text', src/lib.rs:1:2
    [GeneratedRegex(@"^thread '.*' panicked at '(.*)', ", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex OneLine();

    // since: thread 'main' panicked at src/lib.rs:1:2: and the text from the next line on
    [GeneratedRegex(@"^thread '[^\n]*'(?: \([0-9]+\))? panicked at [^\n]*:[0-9]+:[0-9]+:\n(.*?)(?:\nnote: run with |\z)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex TwoLines();
}
