using System.Text;

namespace Lunatic.Runtime.Tests.Wasi;

/// <summary>Runs a program to its end, with standard streams that the test sees.</summary>
internal static class GuestProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs <c>_start</c> of a module.</summary>
    public static async Task<ProgramResult> RunAsync(
        ReadOnlyMemory<byte> module, Action<EnvironmentOptions>? configure = null, ExecutionMode mode = ExecutionMode.Tiered)
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1, ExecutionMode = mode });
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var options = new EnvironmentOptions { StandardInput = Stream.Null, StandardOutput = output, StandardError = error };
        configure?.Invoke(options);
        await using LunaticEnvironment environment = runtime.CreateEnvironment(options);
        LunaticProcess process = await environment.SpawnAsync(await runtime.CompileAsync(module));
        ExitReason reason;
        try
        {
            reason = await process.Completion.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"the program did not end; it wrote: {Text(output)} {Text(error)}");
        }
        return new ProgramResult(reason, Text(output), Text(error));
    }

    /// <summary>Runs a module in text.</summary>
    public static Task<ProgramResult> RunAsync(string module, Action<EnvironmentOptions>? configure = null) => RunAsync(Encoding.UTF8.GetBytes(module), configure);

    private static string Text(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray());
}
