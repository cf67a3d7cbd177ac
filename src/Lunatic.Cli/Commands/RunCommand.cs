using System.CommandLine;
using System.CommandLine.Parsing;
using Lunatic.Runtime;

namespace Lunatic.Cli.Commands;

/// <summary>`lunatic run`: runs a module's `_start` as the first process of an environment.</summary>
internal static class RunCommand
{
    private static readonly string[] Engines = ["tiered", "compiled", "interpreter", "wasmtime"];
    private static readonly string[] Missing = ["wasmtime"];

    public static Command Create()
    {
        Option<PreopenedDirectory[]> directories = DirectoriesOption();
        Option<string[]> variables = VariablesOption();
        Option<string> engine = new("--engine")
        {
            Description = "How guests are run: functions interpreted until they are hot, compiled at their first call, or interpreted.",
            DefaultValueFactory = static _ => "tiered",
            HelpName = string.Join('|', Engines),
        };
        engine.Validators.Add(CheckEngine);
        Option<bool> bench = new("--bench") { Description = "Adds `--bench` to the guest's arguments." };
        Argument<string> file = new("FILE") { Description = "The module, binary or text." };
        Argument<string[]> arguments = new("ARGS") { Description = "Arguments of the guest. Those that begin with - stand after --.", Arity = ArgumentArity.ZeroOrMore };

        Command command = new("run", "Runs a module. The exit status is that of the guest; 134 after a trap.") { directories, variables, engine, bench, file, arguments };
        command.SetAction(parsed => UnknownOptions(parsed, file, arguments) is { Length: > 0 } unknown
            ? UsageError.Report(parsed, unknown.Select(static option => $"there is no option {option}"))
            : GuestRun.Run(new GuestRun.Request(
                parsed.GetRequiredValue(file),
                [.. parsed.GetValue(arguments) ?? [], .. parsed.GetValue(bench) ? ["--bench"] : Array.Empty<string>()],
                parsed.GetValue(directories) ?? [],
                parsed.GetValue(variables) ?? [],
                ModeOf(parsed.GetRequiredValue(engine)))));
        return command;
    }

    /// <summary>The option for directories, which several commands have.</summary>
    public static Option<PreopenedDirectory[]> DirectoriesOption() => new("--dir")
    {
        Description = "Lets the guest use a directory, under its own path or another; may be repeated. The current directory is always there as `.`.",
        HelpName = "PATH[::GUEST]",
        CustomParser = ParseDirectories,
    };

    /// <summary>The option for environment variables, which several commands have.</summary>
    public static Option<string[]> VariablesOption()
    {
        Option<string[]> variables = new("--env")
        {
            Description = "Sets an environment variable of the guest, or hands the host's own on; may be repeated. The host's variables are there anyway.",
            HelpName = "KEY[=VALUE]",
        };
        variables.Validators.Add(CheckVariables);
        return variables;
    }

    // What the parser knows as no option it takes for the file or an argument of the guest: a mistyped option would go unnoticed.
    private static string[] UnknownOptions(ParseResult parsed, Argument<string> file, Argument<string[]> arguments)
    {
        Token[] plain = [.. parsed.GetResult(file)?.Tokens ?? [], .. parsed.GetResult(arguments)?.Tokens ?? []];
        int afterDashes = parsed.Tokens.Reverse().TakeWhile(static token => token.Type != TokenType.DoubleDash).Count();
        int before = parsed.Tokens.Any(static token => token.Type == TokenType.DoubleDash) ? plain.Length - afterDashes : plain.Length;
        return [.. plain.Take(before).Select(static token => token.Value).Where(static value => value is ['-', _, ..])];
    }

    private static PreopenedDirectory[] ParseDirectories(ArgumentResult result)
    {
        var directories = new List<PreopenedDirectory>();
        foreach (string value in result.Tokens.Select(static token => token.Value))
        {
            string[] parts = value.Split("::", 2);
            if (parts.Any(string.IsNullOrEmpty))
                result.AddError($"\"{value}\" is no directory for guests: give PATH or PATH::GUEST");
            else
                directories.Add(new PreopenedDirectory(parts[0], parts[^1]));
        }
        return [.. directories];
    }

    private static void CheckVariables(OptionResult result)
    {
        foreach (string value in result.Tokens.Select(static token => token.Value).Where(static value => value is "" or ['=', ..]))
            result.AddError($"\"{value}\" is no environment variable: give KEY or KEY=VALUE");
    }

    private static ExecutionMode ModeOf(string engine) => engine switch
    {
        "interpreter" => ExecutionMode.Interpreted,
        "compiled" => ExecutionMode.Compiled,
        _ => ExecutionMode.Tiered,
    };

    private static void CheckEngine(OptionResult result)
    {
        string engine = result.GetValueOrDefault<string>();
        if (!Engines.Contains(engine))
            result.AddError($"there is no engine \"{engine}\": {string.Join(", ", Engines)}");
        else if (Missing.Contains(engine))
            result.AddError($"the engine \"{engine}\" is not in this version yet: use {string.Join(" or ", Engines.Except(Missing))}");
    }
}
