using System.CommandLine;
using Lunatic.Cli.Projects;

namespace Lunatic.Cli.Commands;

/// <summary>`lunatic init`: lets cargo build the current project for WebAssembly and run it by this command.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        Option<string> target = new("--target")
        {
            Description = "The target to build for; since Rust 1.84 it is called wasm32-wasip1.",
            DefaultValueFactory = static _ => "wasm32-wasi",
            HelpName = "wasm32-wasi|wasm32-wasip1",
        };
        target.AcceptOnlyFromAmong("wasm32-wasi", "wasm32-wasip1");
        Command command = new("init", "Sets the current cargo project up for Lunatic: target and runner in .cargo/config.toml.") { target };
        command.SetAction(parsed => Init(parsed.GetRequiredValue(target)));
        return command;
    }

    private static int Init(string target)
    {
        if (!File.Exists("Cargo.toml"))
        {
            Console.Error.WriteLine("lunatic: there is no Cargo.toml here: run `lunatic init` in the folder of a cargo project, which `cargo init` makes");
            return ExitStatus.Failure;
        }
        const string Path = ".cargo/config.toml";
        try
        {
            string before = File.Exists(Path) ? File.ReadAllText(Path) : "";
            if (CargoConfiguration.Apply(before, target, out string after) is { } problem)
            {
                Console.Error.WriteLine($"lunatic: {Path}: {problem}");
                return ExitStatus.Failure;
            }
            if (after == before)
            {
                Console.Out.WriteLine($"{Path} is set up for Lunatic already.");
                return ExitStatus.Success;
            }
            Directory.CreateDirectory(".cargo");
            File.WriteAllText(Path, after);
            Console.Out.WriteLine($"{Path} is set up: cargo builds for {target} (`rustup target add {target}` installs it), `cargo run` and `cargo test` use `{CargoConfiguration.Runner}`.");
            return ExitStatus.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"lunatic: {Path}: {exception.Message}");
            return ExitStatus.Failure;
        }
    }
}
