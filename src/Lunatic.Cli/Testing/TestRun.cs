using Lunatic.Cli.Commands;
using Lunatic.Runtime;
using Lunatic.Wasm;
using Microsoft.Extensions.Logging;

namespace Lunatic.Cli.Testing;

/// <summary>Runs the tests of a module, each in an environment of its own, all at once.</summary>
internal static class TestRun
{
    private const int MaxAtOnce = 64;

    /// <summary>What to run and how.</summary>
    public sealed record Request(
        string File, string? Filter, string[] Arguments, PreopenedDirectory[] Directories, string[] Variables, bool Ignored, bool Exact, bool List, bool NoCapture, bool ShowOutput);

    /// <summary>Runs or lists the tests.</summary>
    /// <returns>The exit status: 0 if all that ran passed.</returns>
    public static int Run(Request request)
    {
        if (ModuleFile.Read(request.File) is not { } bytes)
            return ExitStatus.Failure;
        try
        {
            GuestTest[] all = [.. WasmModule.Load(bytes).Exports.Where(static export => export.Type is WasmFunctionType).Select(static export => GuestTest.Parse(export.Name)).OfType<GuestTest>()];
            GuestTest[] chosen = [.. all.Where(test => test.IsIgnored || !request.Ignored).Where(test => request.Filter is not { } filter || (request.Exact ? test.Name == filter : test.Name.Contains(filter, StringComparison.Ordinal)))];
            if (request.List)
                return List(chosen);
            return RunAsync(request, bytes, chosen, filteredOut: all.Length - chosen.Length).GetAwaiter().GetResult();
        }
        catch (WasmException exception)
        {
            ModuleFile.Report(request.File, exception);
            return ExitStatus.Failure;
        }
        catch (FormatException exception)
        {
            Console.Error.WriteLine($"lunatic: {request.File}: {exception.Message}");
            return ExitStatus.Failure;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            Console.Error.WriteLine($"lunatic: {exception.Message}");
            return ExitStatus.Failure;
        }
    }

    private static int List(GuestTest[] tests)
    {
        foreach (GuestTest test in tests)
            Console.Out.WriteLine($"{test.Name}: test");
        return ExitStatus.Success;
    }

    private static async Task<int> RunAsync(Request request, byte[] bytes, GuestTest[] tests, int filteredOut)
    {
        using var interruption = new Interruption();
        // what goes wrong in a test is told with the test
        using var log = new CommandLog(LogLevel.Error);
        await using var runtime = new LunaticRuntime(null, log);
        LunaticModule module = await runtime.CompileAsync(bytes, interruption.Token);
        var report = new TestReport(Console.Out, request.ShowOutput);
        report.Start(tests.Length);
        long started = runtime.TimeProvider.GetTimestamp();
        GuestTest[] running = [.. tests.Where(test => test.IsIgnored == request.Ignored)];
        foreach (GuestTest test in tests.Except(running))
            report.Ignore(test);
        try
        {
            await Parallel.ForEachAsync(
                running,
                new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = interruption.Token },
                async (test, token) => report.End(await RunOneAsync(runtime, module, test, request, token)));
        }
        catch (OperationCanceledException)
        {
            return interruption.Status;
        }
        return report.Finish(filteredOut, runtime.TimeProvider.GetElapsedTime(started)) ? ExitStatus.Success : ExitStatus.Failure;
    }

    private static async Task<TestOutcome> RunOneAsync(LunaticRuntime runtime, LunaticModule module, GuestTest test, Request request, CancellationToken token)
    {
        await using Stream? echo = request.NoCapture ? Console.OpenStandardOutput() : null;
        var output = new TestOutput(echo);
        await using LunaticEnvironment environment = runtime.CreateEnvironment(new EnvironmentOptions
        {
            Name = test.Name,
            Arguments = request.Arguments,
            Variables = GuestRun.Variables(request.Variables),
            Directories = [new PreopenedDirectory("."), .. request.Directories],
            ProcessOutput = output.Of,
        });
        LunaticProcess root;
        try
        {
            root = await environment.SpawnAsync(module, test.Export).WaitAsync(token);
        }
        catch (Exception exception) when (exception is WasmException or ArgumentException)
        {
            return new TestOutcome(test, Passed: false, $"note: the test could not be started: {exception.Message}\n");
        }
        await using CancellationTokenRegistration kill = token.Register(root.Kill);
        ExitReason exit = await root.Completion;
        token.ThrowIfCancellationRequested();
        return TestOutcome.Judge(test, exit, output.ToString(), output.TextOf(root.Id));
    }
}
