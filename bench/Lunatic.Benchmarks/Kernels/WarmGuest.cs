using System.Text;
using Lunatic.Benchmarks.Peers;
using Lunatic.Runtime;

namespace Lunatic.Benchmarks.Kernels;

/// <summary>A guest that is run again and again in this process, from the same module, so that its code is compiled already.</summary>
internal sealed class WarmGuest : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly LunaticRuntime _runtime;
    private readonly LunaticModule _module;

    public WarmGuest(string file, ExecutionMode mode, int? workers = null)
    {
        var options = new LunaticRuntimeOptions { ExecutionMode = mode };
        if (workers is int count)
            options.Workers = count;
        _runtime = new LunaticRuntime(options);
        _module = _runtime.CompileAsync(File.ReadAllBytes(file)).Result;
    }

    /// <summary>Runs a workload and returns what a field of its line says, in nanoseconds.</summary>
    public double Measure(string field, string[] workload)
    {
        var output = new MemoryStream();
        LunaticEnvironment environment = _runtime.CreateEnvironment(new EnvironmentOptions { Arguments = ["guest", .. workload], StandardOutput = output });
        try
        {
            LunaticProcess process = environment.SpawnAsync(_module).Result;
            if (!process.Completion.Wait(Deadline))
                throw new TimeoutException($"{string.Join(' ', workload)} ran longer than {Deadline}");
            if (process.Completion.Result.Kind != ExitKind.Returned)
                throw new InvalidOperationException($"{string.Join(' ', workload)} ended so: {process.Completion.Result}");
            return Peer.Read(field, Encoding.UTF8.GetString(output.ToArray()));
        }
        finally
        {
            environment.DisposeAsync().AsTask().Wait(Deadline);
        }
    }

    public void Dispose() => _runtime.DisposeAsync().AsTask().Wait(Deadline);
}
