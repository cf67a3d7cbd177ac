using Lunatic.Runtime;

namespace Lunatic.Cli.Testing;

/// <summary>How a test went.</summary>
/// <param name="Test">The test.</param>
/// <param name="Passed">Whether it did what it should.</param>
/// <param name="Output">What it wrote, with a note on why it failed.</param>
internal sealed record TestOutcome(GuestTest Test, bool Passed, string Output)
{
    /// <summary>Judges a test by its end and by what its first process wrote.</summary>
    public static TestOutcome Judge(GuestTest test, ExitReason exit, string output, string rootOutput)
    {
        string? note = test.PanicText is { } expected ? MissingPanic(expected, exit, rootOutput) : Failure(exit, rootOutput);
        return new TestOutcome(test, note is null, note is null ? output : $"{TestOutput.WithLineEnd(output)}{note}\n");
    }

    private static string? Failure(ExitReason exit, string output) => exit switch
    {
        { IsFailure: false } => null,
        { Kind: ExitKind.Killed or ExitKind.LinkDied } => $"note: the test's process was {(exit.Kind is ExitKind.Killed ? "killed" : "ended by a link: " + exit.Message)}",
        // the panic has said it all
        _ when PanicText.Find(output) is not null => "",
        _ => $"note: the test failed without a panic: {exit}",
    };

    private static string? MissingPanic(string expected, ExitReason exit, string output)
    {
        if (!exit.IsFailure)
            return "note: test did not panic as expected";
        if (exit.Kind is ExitKind.Killed)
            return "note: the test's process was killed instead of panicking";
        if (expected.Length == 0)
            return null;
        if (PanicText.Find(output) is not { } text)
            return $"note: the test failed without a panic, which was expected to contain `{expected}`: {exit.Message}";
        return text.Contains(expected, StringComparison.Ordinal)
            ? null
            : $"note: panic did not contain expected string\n      panic message: `{text}`,\n expected substring: `{expected}`";
    }
}
