using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Peers;
using Lunatic.Wasm;

namespace Lunatic.Benchmarks.Modules;

/// <summary>Decodes and validates modules.</summary>
internal sealed class LoadBenchmark : Benchmark
{
    public override string Name => "load";

    public override string Description => "modules decoded and validated, in MB of binary a second";

    public override IEnumerable<Row> Run()
    {
        foreach (string guest in (string[])["compute.wasm", "crash.wasm"])
        {
            string name = $"load {guest}";
            if (SharedFiles.Find("guests", guest) is { } path)
                yield return Measure(name, path);
            else
                yield return Row.Skipped(name, SharedFiles.Missing);
        }
        yield return Applications.TryUnpack("boa.wasm", out string boa, out string reason)
            ? Measure("load boa.wasm", boa)
            : Row.Skipped("load boa.wasm", reason);
    }

    private static Row Measure(string name, string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        double nanoseconds = Sampling.NanosecondsPerOperation(operations =>
        {
            for (int operation = 0; operation < operations; operation++)
                WasmModule.Load(bytes);
        });
        return new Row(name, bytes.Length / nanoseconds * 1000, "MB/s", Note: $"{bytes.Length / 1000:N0} KB in {nanoseconds / 1e6:F2} ms");
    }
}
