using System.CommandLine;
using System.CommandLine.Parsing;
using Lunatic.Runtime;

namespace Lunatic.Cli.Commands;

/// <summary>`lunatic run`: runs a module's `_start` as the first process of an environment.</summary>
internal static class RunCommand
{
    private static readonly string[] Engines = ["tiered", "compiled", "interpreter", "wasmtime"];

    public static Command Create()
    {
        Option<PreopenedDirectory[]> directories = new("--dir")
        {
            Description = "Lets the guest use a directory, under its own path or another; may be repeated. The current directory is always there as `.`.",
            HelpName = "PATH[::GUEST]",
            CustomParser = static result => [.. result.Tokens.Select(token => ParseDirectory(token.Value))],
        };
        Option<string[]> variables = new("--env")
        {
            Description = "Sets an environment variable of the guest, or hands the host's own on; may be repeated. The host's variables are there anyway.",
            HelpName = "KEY[=VALUE]",
        };
        Option<string> engine = new("--engine")
        {
            Description = "How guests are run. This version has the interpreter only.",
            DefaultValueFactory = static _ => "interpreter",
            HelpName = string.Join('|', Engines),
        };
        engine.Validators.Add(CheckEngine);
        Option<bool> bench = new("--bench") { Description = "Adds `--bench` to the guest's arguments." };
        Argument<string> file = new("FILE") { Description = "The module, binary or text." };
        Argument<string[]> arguments = new("ARGS") { Description = "Arguments of the guest. Those that begin with - stand after --.", Arity = ArgumentArity.ZeroOrMore };

        Command command = new("run", "Runs a module. The exit status is that of the guest; 134 after a trap.") { directories, variables, engine, bench, file, arguments };
        command.SetAction(parsed => GuestRun.RunAsync(new GuestRun.Request(
            parsed.GetRequiredValue(file),
            [.. parsed.GetValue(arguments) ?? [], .. parsed.GetValue(bench) ? ["--bench"] : Array.Empty<string>()],
            parsed.GetValue(directories) ?? [],
            parsed.GetValue(variables) ?? [])));
        return command;
    }

    private static PreopenedDirectory ParseDirectory(string value) =>
        value.IndexOf("::", StringComparison.Ordinal) is > 0 and var at
            ? new PreopenedDirectory(value[..at], value[(at + 2)..])
            : new PreopenedDirectory(value);

    private static void CheckEngine(OptionResult result)
    {
        string engine = result.GetValueOrDefault<string>();
        if (!Engines.Contains(engine))
            result.AddError($"there is no engine \"{engine}\": {string.Join(", ", Engines)}");
        else if (engine != "interpreter")
            result.AddError($"the engine \"{engine}\" is not in this version yet: use interpreter");
    }
}
