using System.Text.RegularExpressions;

namespace Lunatic.Cli.Testing;

/// <summary>Cargo runs test executables by the same command as programs: tells them by where they lie, and lets `lunatic test` run them (host-abi 13 e).</summary>
internal static partial class CargoTest
{
    /// <summary>Puts `test` in the place of `run` before a test executable of cargo, unless benchmarks are wanted.</summary>
    public static string[] Apply(string[] arguments) =>
        Environment.GetEnvironmentVariable("CARGO_MANIFEST_DIR") is not null ? ApplyUnderCargo(arguments) : arguments;

    /// <summary>The same where cargo is known to be the caller.</summary>
    public static string[] ApplyUnderCargo(string[] arguments) =>
        arguments is ["run", var file, .. var rest] && TestExecutable().IsMatch(file) && !rest.Contains("--bench") ? ["test", file, .. rest] : arguments;

    [GeneratedRegex(@"[/\\]target[/\\]wasm32-(wasi|wasip1|unknown-unknown)[/\\](debug|release)[/\\]deps[/\\].+\.wasm$")]
    private static partial Regex TestExecutable();
}
