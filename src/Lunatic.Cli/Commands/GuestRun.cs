using System.Collections;
using Lunatic.Runtime;
using Lunatic.Wasm;

namespace Lunatic.Cli.Commands;

/// <summary>One run of a guest by the command, from the file to the exit status.</summary>
internal static class GuestRun
{
    /// <summary>What to run and how.</summary>
    public sealed record Request(string File, string[] Arguments, PreopenedDirectory[] Directories, string[] Variables, ExecutionMode Mode);

    public static async Task<int> RunAsync(Request request)
    {
        if (ModuleFile.Read(request.File) is not { } bytes)
            return ExitStatus.Failure;
        using var interruption = new Interruption();
        using var log = new CommandLog();
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { ExecutionMode = request.Mode }, log);
        LunaticEnvironment environment = runtime.CreateEnvironment(new EnvironmentOptions
        {
            Arguments = [request.File, .. request.Arguments],
            Variables = Variables(request.Variables),
            Directories = [new PreopenedDirectory("."), .. request.Directories],
        });
        try
        {
            LunaticModule module = await runtime.CompileAsync(bytes, interruption.Token);
            // a start function that does not return must not keep the command from being stopped
            LunaticProcess root = await environment.SpawnAsync(module).WaitAsync(interruption.Token);
            await using CancellationTokenRegistration kill = interruption.Token.Register(root.Kill);
            ExitReason reason = await root.Completion;
            return interruption.Token.IsCancellationRequested ? interruption.Status : StatusOf(reason);
        }
        catch (WasmException exception)
        {
            ModuleFile.Report(request.File, exception);
            return ExitStatus.Failure;
        }
        catch (ArgumentException exception)
        {
            // no `_start`
            await Console.Error.WriteLineAsync($"lunatic: {request.File}: {exception.Message}");
            return ExitStatus.Failure;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // a directory that is not there: the text names it
            await Console.Error.WriteLineAsync($"lunatic: {exception.Message}");
            return ExitStatus.Failure;
        }
        catch (OperationCanceledException)
        {
            return interruption.Status;
        }
    }

    // the log has said why a process failed, with its stack
    private static int StatusOf(ExitReason reason) => reason.Kind switch
    {
        ExitKind.Returned => ExitStatus.Success,
        ExitKind.Exited => reason.ExitCode & 0xFF,
        _ => ExitStatus.Trapped,
    };

    private static Dictionary<string, string> Variables(string[] extra)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        foreach (string variable in extra)
        {
            if (variable.IndexOf('=') is > 0 and var at)
                variables[variable[..at]] = variable[(at + 1)..];
        }
        return variables;
    }
}
