using System.Diagnostics;

namespace Lunatic.Packages.Tests;

/// <summary>The <c>dotnet</c> command and what it has built, as child processes. Every wait is bounded.</summary>
internal static class DotNetCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string Host =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>Runs <c>dotnet</c> to its end and returns its output; fails, with the output, unless its status is 0.</summary>
    public static Task<string> RunAsync(string folder, params string[] arguments) => RunProgramAsync(Host, folder, arguments);

    /// <summary>Runs a program to its end and returns its output; fails, with the output, unless its status is 0.</summary>
    public static async Task<string> RunProgramAsync(string program, string folder, params string[] arguments)
    {
        using Process process = Start(program, folder, arguments);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}:\n{output}\n{await error}");
            return output;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertionException($"{program} {string.Join(' ', arguments)} has not ended within {Patience}");
        }
    }

    /// <summary>Starts <c>dotnet</c>; the caller ends it.</summary>
    public static Process Start(string folder, params string[] arguments) => Start(Host, folder, arguments);

    private static Process Start(string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // what the command that runs these tests has set for its own build
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        return Process.Start(start)!;
    }
}
