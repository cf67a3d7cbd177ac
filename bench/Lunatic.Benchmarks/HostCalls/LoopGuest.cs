using System.Text;
using Lunatic.Runtime;

namespace Lunatic.Benchmarks.HostCalls;

/// <summary>A guest whose function "run" goes round a loop as often as it is told.</summary>
internal sealed class LoopGuest : IDisposable
{
    private readonly LunaticRuntime _runtime;
    private readonly LunaticEnvironment _environment;
    private readonly LunaticModule _module;

    public LoopGuest(ExecutionMode mode, string text)
    {
        _runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1, ExecutionMode = mode });
        _environment = _runtime.CreateEnvironment(new EnvironmentOptions { StandardOutput = Stream.Null });
        _module = _runtime.CompileAsync(Encoding.UTF8.GetBytes(text)).Result;
    }

    /// <summary>Runs the loop in a process of its own.</summary>
    public void Run(int rounds)
    {
        ExitReason exit = _environment.SpawnAsync(_module, "run", rounds).Result.Completion.Result;
        if (exit != ExitReason.Returned)
            throw new InvalidOperationException(exit.Message);
    }

    public void Dispose() => _runtime.DisposeAsync().AsTask().Wait();
}
