using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lunatic.Cli.Tests;

/// <summary>The real command as a child process, in a folder of its own. Every wait is bounded.</summary>
internal sealed partial class LunaticCommand : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly Task<string> _error;

    private LunaticCommand(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts the command.</summary>
    public static LunaticCommand Start(string folder, params string[] arguments)
    {
        string command = Path.Combine(TestContext.CurrentContext.TestDirectory, "lunatic.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (IEnumerable<string>)[command, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment.Remove("LUNATIC_LOG");
        start.Environment["LUNATIC_TEST_HOST"] = "host value";
        return new LunaticCommand(Process.Start(start)!);
    }

    /// <summary>Runs the command to its end.</summary>
    public static async Task<CommandResult> RunAsync(string folder, string input, params string[] arguments)
    {
        using LunaticCommand command = Start(folder, arguments);
        await command._process.StandardInput.WriteAsync(input);
        command._process.StandardInput.Close();
        return await command.WaitForEndAsync();
    }

    /// <summary>Waits for a line of standard output.</summary>
    public async Task<string?> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new AssertionException($"no line of output within {Patience}");
        }
    }

    /// <summary>Sends a signal to the command.</summary>
    public void Signal(PosixSignal signal) =>
        Assert.That(Kill(_process.Id, signal is PosixSignal.SIGINT ? 2 : 15), Is.Zero, "the result of kill(2)");

    public async Task<CommandResult> WaitForEndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            string output = await _process.StandardOutput.ReadToEndAsync(patience.Token);
            string error = await _error.WaitAsync(patience.Token);
            await _process.WaitForExitAsync(patience.Token);
            return new CommandResult(_process.ExitCode, output, error);
        }
        catch (OperationCanceledException)
        {
            throw new AssertionException($"the command has not ended within {Patience}");
        }
    }

    public void Dispose()
    {
        // only what a failed test left behind
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
