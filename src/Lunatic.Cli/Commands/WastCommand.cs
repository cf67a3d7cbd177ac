using System.CommandLine;
using Lunatic.Wasm;
using Lunatic.Wasm.Scripts;

namespace Lunatic.Cli.Commands;

/// <summary>`lunatic wast`: runs scripts of the WebAssembly test suite.</summary>
internal static class WastCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Scripts: text (.wast), or the JSON form that wast2json and wasm-tools json-from-wast write.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> verbose = new("--verbose", "-v") { Description = "Prints every command, not only those that failed or were skipped." };
        Command command = new("wast", "Runs WebAssembly test scripts; exit status 1 if a command of theirs fails.") { files, verbose };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files), parsed.GetValue(verbose)));
        return command;
    }

    private static int Run(string[] files, bool verbose)
    {
        using var interruption = new Interruption();
        bool allPassed = true;
        foreach (string file in files)
        {
            try
            {
                allPassed &= Run(file, verbose, interruption.Token);
            }
            catch (Exception exception) when (exception is WasmMalformedException or FormatException)
            {
                Console.Error.WriteLine($"lunatic: {file}: not a script: {exception.Message}");
                allPassed = false;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"lunatic: {file}: {ModuleFile.WhyUnreadable(file, exception)}");
                allPassed = false;
            }
            catch (OperationCanceledException)
            {
                return interruption.Status;
            }
        }
        return allPassed ? ExitStatus.Success : ExitStatus.Failure;
    }

    private static bool Run(string file, bool verbose, CancellationToken interrupted)
    {
        WastSummary summary = WastScript.Load(file).Run(progress: new Printer(file, verbose), cancellation: interrupted);
        Console.WriteLine($"{file}: {summary.PassedAssertions} of {summary.Assertions} assertions passed, {summary.Failures.Length} commands failed, {summary.Skipped} skipped");
        return summary.Failures.IsEmpty;
    }

    private sealed class Printer(string file, bool verbose) : IProgress<WastResult>
    {
        public void Report(WastResult result)
        {
            if (verbose || result.Outcome != WastOutcome.Passed)
                Console.WriteLine($"{file}:{result}");
        }
    }
}
