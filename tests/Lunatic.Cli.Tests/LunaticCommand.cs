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
    public static LunaticCommand Start(string folder, params string[] arguments) => Start(folder, [], [], arguments);

    /// <summary>Starts the command.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="hostOptions">Options of `dotnet` itself.</param>
    /// <param name="variables">Environment variables, beside ours.</param>
    /// <param name="arguments">Those of the command.</param>
    public static LunaticCommand Start(string folder, string[] hostOptions, (string Name, string Value)[] variables, string[] arguments)
    {
        string command = Path.Combine(TestContext.CurrentContext.TestDirectory, "lunatic.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (IEnumerable<string>)[.. hostOptions, command, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment.Remove("LUNATIC_LOG");
        start.Environment["LUNATIC_TEST_HOST"] = "host value";
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return new LunaticCommand(Process.Start(start)!);
    }

    /// <summary>Runs the command to its end.</summary>
    public static async Task<CommandResult> RunAsync(string folder, string input, params string[] arguments)
    {
        using LunaticCommand command = Start(folder, arguments);
        return await command.RunAsync(System.Text.Encoding.UTF8.GetBytes(input));
    }

    /// <summary>Gives the command its input, as far as it wants it, and waits for its end.</summary>
    public async Task<CommandResult> RunAsync(ReadOnlyMemory<byte> input)
    {
        Task writing = WriteInputAsync(input);
        CommandResult result = await WaitForEndAsync();
        await writing;
        return result;
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

    private async Task WriteInputAsync(ReadOnlyMemory<byte> input)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended without reading all
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
