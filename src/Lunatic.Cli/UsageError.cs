using System.CommandLine;

namespace Lunatic.Cli;

/// <summary>Says what is wrong with the arguments, and where help is.</summary>
internal static class UsageError
{
    /// <summary>Prints a line per mistake and the hint.</summary>
    /// <returns>The exit status.</returns>
    public static int Report(ParseResult parsed, IEnumerable<string> mistakes)
    {
        foreach (string mistake in mistakes)
            Console.Error.WriteLine($"lunatic: {mistake}");
        Command command = parsed.CommandResult.Command;
        string path = command is RootCommand ? "" : command.Name + " ";
        string dashes = command.Name == "run" ? " Arguments of a guest that begin with - stand after --." : "";
        Console.Error.WriteLine($"Try `lunatic {path}--help`.{dashes}");
        return ExitStatus.Usage;
    }
}
