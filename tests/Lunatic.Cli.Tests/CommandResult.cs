namespace Lunatic.Cli.Tests;

/// <summary>What a run of the command gave.</summary>
internal sealed record CommandResult(int Status, string Output, string Error);
