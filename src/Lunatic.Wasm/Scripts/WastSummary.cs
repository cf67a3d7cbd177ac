using System.Collections.Immutable;

namespace Lunatic.Wasm.Scripts;

/// <summary>The results of a whole script.</summary>
/// <param name="Results">One result per command, in order.</param>
public sealed record WastSummary(ImmutableArray<WastResult> Results)
{
    /// <summary>Number of assertions in the script, whatever their outcome.</summary>
    public int Assertions { get; } = Results.Count(result => result.IsAssertion);

    /// <summary>Number of assertions that passed.</summary>
    public int PassedAssertions { get; } = Results.Count(result => result.IsAssertion && result.Outcome == WastOutcome.Passed);

    /// <summary>The commands that failed; other commands than assertions can, too.</summary>
    public ImmutableArray<WastResult> Failures { get; } = [.. Results.Where(result => result.Outcome == WastOutcome.Failed)];

    /// <summary>Number of commands that were skipped.</summary>
    public int Skipped { get; } = Results.Count(result => result.Outcome == WastOutcome.Skipped);

    /// <summary>Whether no command failed or was skipped.</summary>
    public bool Passed => Failures.IsEmpty && Skipped == 0;
}
