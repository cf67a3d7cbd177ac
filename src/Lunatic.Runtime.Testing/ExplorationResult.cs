namespace Lunatic.Runtime.Testing;

/// <summary>What an exploration that found no failure has seen.</summary>
/// <param name="Runs">Seeds that were run.</param>
/// <param name="DistinctRuns">How many of the runs differ: if they are few, more seeds find nothing new.</param>
/// <param name="Steps">Slices of all runs.</param>
public sealed record ExplorationResult(int Runs, int DistinctRuns, long Steps);
