using System.CommandLine;
using Lunatic.Cli;
using Lunatic.Cli.Commands;
using Lunatic.Cli.Testing;

// A hello must be out within 100 ms: nothing is made here that the chosen command does not use, and nothing is asynchronous, since the JIT
// compiles the machinery of each async method anew in every process.
string[] arguments = CargoTest.Apply(ImpliedRun.Apply(args));
if (ImpliedRun.WithoutOptions(arguments) is { } request)
    return GuestRun.Run(request);
RootCommand root = new("Runs WebAssembly guests of the Lunatic actor runtime. `lunatic FILE` is short for `lunatic run FILE`.")
{
    RunCommand.Create(),
    TestCommand.Create(),
    InitCommand.Create(),
    WastCommand.Create(),
    InspectCommand.Create(),
};
ParseResult parsed = root.Parse(arguments);
if (parsed.Errors.Count > 0)
    return UsageError.Report(parsed, parsed.Errors.Select(static error => error.Message));
// Ctrl-C is the commands' own business: a guest is to be stopped, not abandoned
return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null });
