using Lunatic.Cli.Commands;
using Lunatic.Runtime;

namespace Lunatic.Cli;

/// <summary>Lets `lunatic FILE …` stand for `lunatic run FILE …`, as cargo's runner setting and the reference need it (host-abi 13 e).</summary>
internal static class ImpliedRun
{
    private static readonly string[] RunOptions = ["--dir", "--env", "--engine", "--bench"];
    private static readonly string[] ModuleEndings = [".wasm", ".wat"];

    /// <summary>Puts `run` before arguments that begin with one of its options or with a module's file.</summary>
    public static string[] Apply(string[] arguments) =>
        arguments is [var first, ..] && (IsRunOption(first) || IsModule(first)) ? ["run", .. arguments] : arguments;

    /// <summary>What to run, where there is no option to parse: setting up the parser takes longer than many a guest. Null otherwise.</summary>
    public static GuestRun.Request? WithoutOptions(string[] arguments) =>
        arguments is ["run", .. var rest] && rest is [var file, .. var guestArguments] && Array.TrueForAll(rest, IsPlain)
            ? new GuestRun.Request(file, guestArguments, [], [], ExecutionMode.Tiered)
            : null;

    // neither an option nor a file of arguments
    private static bool IsPlain(string argument) => argument is [not ('-' or '@'), ..];

    private static bool IsRunOption(string argument) =>
        RunOptions.Any(option => argument.StartsWith(option, StringComparison.Ordinal));

    // "after at least one character": the ending alone is no file
    private static bool IsModule(string argument) =>
        !argument.StartsWith('-') && ModuleEndings.Any(ending => argument.IndexOf(ending, StringComparison.Ordinal) > 0);
}
