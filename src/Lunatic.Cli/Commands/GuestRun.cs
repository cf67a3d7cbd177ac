using System.Collections;
using Lunatic.Runtime;
using Lunatic.Wasm;

namespace Lunatic.Cli.Commands;

/// <summary>One run of a guest by the command, from the file to the exit status.</summary>
internal static class GuestRun
{
    /// <summary>What to run and how.</summary>
    public sealed record Request(string File, string[] Arguments, PreopenedDirectory[] Directories, string[] Variables, ExecutionMode Mode);

    public static int Run(Request request)
    {
        if (ModuleFile.Read(request.File) is not { } bytes)
            return ExitStatus.Failure;
        using var interruption = new Interruption();
        using var log = new CommandLog();
        var runtime = new LunaticRuntime(new LunaticRuntimeOptions { ExecutionMode = request.Mode }, log);
        try
        {
            LunaticModule module = Await(runtime.CompileAsync(bytes, interruption.Token));
            LunaticEnvironment environment = runtime.CreateEnvironment(OptionsFor(module, request));
            // a start function that does not return must not keep the command from being stopped
            LunaticProcess root = Await(environment.SpawnAsync(module).WaitAsync(interruption.Token));
            using CancellationTokenRegistration kill = interruption.Token.Register(root.Kill);
            ExitReason reason = Await(root.Completion);
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
            Console.Error.WriteLine($"lunatic: {request.File}: {exception.Message}");
            return ExitStatus.Failure;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // a directory that is not there: the text names it
            Console.Error.WriteLine($"lunatic: {exception.Message}");
            return ExitStatus.Failure;
        }
        catch (OperationCanceledException)
        {
            return interruption.Status;
        }
        finally
        {
            runtime.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    // guests of the old generation get what was named only, and no program name
    private static EnvironmentOptions OptionsFor(LunaticModule module, Request request) => new()
    {
        Arguments = module.IsLegacy ? request.Arguments : [request.File, .. request.Arguments],
        Variables = Variables(request.Variables),
        Directories = module.IsLegacy ? request.Directories : [new PreopenedDirectory("."), .. request.Directories],
    };

    // the command's thread has nothing else to do
    private static T Await<T>(Task<T> task) => task.GetAwaiter().GetResult();

    // the log has said why a process failed, with its stack
    private static int StatusOf(ExitReason reason) => reason.Kind switch
    {
        ExitKind.Returned => ExitStatus.Success,
        ExitKind.Exited => reason.ExitCode & 0xFF,
        _ => ExitStatus.Trapped,
    };

    public static Dictionary<string, string> Variables(string[] extra)
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
