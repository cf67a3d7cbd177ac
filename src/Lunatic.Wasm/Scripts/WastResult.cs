namespace Lunatic.Wasm.Scripts;

/// <summary>The result of one command of a script.</summary>
/// <param name="Line">The command's line in the script, from 1.</param>
/// <param name="Kind">The command, as in the JSON form: <c>module</c>, <c>assert_return</c> …</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">What went wrong or why it was skipped; empty where it passed.</param>
public sealed record WastResult(int Line, string Kind, WastOutcome Outcome, string Message)
{
    /// <summary>Whether the command is an assertion: one of those whose name begins with <c>assert_</c>.</summary>
    public bool IsAssertion => Kind.StartsWith("assert_", StringComparison.Ordinal);

    /// <summary>Line, command and outcome, on one line.</summary>
    public override string ToString() =>
        $"{Line}: {Kind} {Outcome.ToString().ToLowerInvariant()}{(Message.Length == 0 ? "" : $": {Message}")}";
}
