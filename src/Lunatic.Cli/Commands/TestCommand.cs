using System.CommandLine;
using Lunatic.Cli.Testing;
using Lunatic.Runtime;

namespace Lunatic.Cli.Commands;

/// <summary>`lunatic test`: runs the tests that a module exports; what `cargo test` runs by way of its runner setting.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        Option<PreopenedDirectory[]> directories = RunCommand.DirectoriesOption();
        Option<string[]> variables = RunCommand.VariablesOption();
        Option<bool> ignored = new("--ignored") { Description = "Runs the ignored tests, and only these." };
        Option<bool> exact = new("--exact") { Description = "The filter is a test's whole name." };
        Option<bool> list = new("--list") { Description = "Lists the tests instead of running them; with --format terse." };
        Option<string> format = new("--format") { Description = "How tests are listed.", HelpName = "terse" };
        Option<bool> noCapture = new("--nocapture") { Description = "Shows what tests write at once." };
        Option<bool> showOutput = new("--show-output") { Description = "Shows what tests that pass have written, too." };
        Argument<string> file = new("FILE") { Description = "The module, binary or text." };
        Argument<string?> filter = new("FILTER") { Description = "Runs only tests whose name contains this.", Arity = ArgumentArity.ZeroOrOne };
        Argument<string[]> arguments = new("ARGS") { Description = "Arguments of the guest. Those that begin with - stand after --.", Arity = ArgumentArity.ZeroOrMore };

        Command command = new("test", "Runs the tests of a module (exports named #lunatic_test_…). The exit status is 1 if one fails.")
        {
            directories, variables, ignored, exact, list, format, noCapture, showOutput, file, filter, arguments,
        };
        command.Validators.Add(result =>
        {
            bool isTerse = result.GetValue(format) is "terse";
            if (result.GetValue(format) is not (null or "terse"))
                result.AddError($"there is no format \"{result.GetValue(format)}\": terse");
            else if (result.GetValue(list) != isTerse)
                result.AddError("--list and --format terse belong together");
        });
        command.SetAction(parsed => TestRun.Run(new TestRun.Request(
            parsed.GetRequiredValue(file),
            parsed.GetValue(filter),
            parsed.GetValue(arguments) ?? [],
            parsed.GetValue(directories) ?? [],
            parsed.GetValue(variables) ?? [],
            parsed.GetValue(ignored),
            parsed.GetValue(exact),
            parsed.GetValue(list),
            parsed.GetValue(noCapture),
            parsed.GetValue(showOutput))));
        return command;
    }
}
