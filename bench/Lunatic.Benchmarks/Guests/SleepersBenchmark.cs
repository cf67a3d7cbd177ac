using System.Diagnostics;
using System.Globalization;
using Lunatic.Benchmarks.Framework;
using Lunatic.Runtime;

namespace Lunatic.Benchmarks.Guests;

/// <summary>What a guest costs that waits for a message: resident memory and page tables of this process, before and with many of them.</summary>
internal sealed class SleepersBenchmark : Benchmark
{
    private const int Count = 20_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public override string Name => "sleepers";

    public override string Description => "memory and spawn time of 20,000 guests that wait for a message";

    public override IEnumerable<Row> Run()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield return Row.Skipped("sleeping guests", "reads /proc/self/status");
            yield break;
        }
        foreach (Row row in Measure("one page, touched", Guest("1 1", 0)))
            yield return row;
        foreach (Row row in Measure("17 pages, three places touched", Guest("17", 1_048_512, 1_048_676, 1_068_576)))
            yield return row;
    }

    // Touches its memory, waits for any message and ends.
    private static string Guest(string memory, params int[] touched) => $$"""
        (module
          (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
          (memory (export "memory") {{memory}})
          (func (export "sleep")
            {{string.Concat(touched.Select(address => $"(i32.store (i32.const {address}) (i32.const 1))"))}}
            (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))))
        """;

    private static List<Row> Measure(string name, string guest)
    {
        LunaticRuntime runtime = new();
        try
        {
            LunaticModule module = runtime.CompileAsync(System.Text.Encoding.UTF8.GetBytes(guest)).Result;
            LunaticEnvironment environment = runtime.CreateEnvironment();
            LunaticProcess first = environment.SpawnAsync(module, "sleep").Result;
            long before = SettledBytes();
            long start = Stopwatch.GetTimestamp();
            LunaticProcess[] processes = new LunaticProcess[Count];
            for (int index = 0; index < Count; index++)
                processes[index] = environment.SpawnAsync(module, "sleep").Result;
            double spawnTime = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Count;
            double bytes = (SettledBytes() - before) / (double)Count;
            first.Send(1, []);
            foreach (LunaticProcess process in processes)
                process.Send(1, []);
            if (!Task.WaitAll([.. processes.Select(process => process.Completion)], Deadline))
                throw new TimeoutException($"{processes.Count(process => !process.HasEnded)} of {Count} guests did not wake up");
            return [new Row($"asleep, {name}", bytes, "bytes"), new Row($"spawned by the host, {name}", spawnTime, "ns")];
        }
        finally
        {
            runtime.DisposeAsync().AsTask().Wait(Deadline);
        }
    }

    // Guests that were just spawned are still on their way to their receive: until nothing changes any more.
    private static long SettledBytes()
    {
        GC.Collect();
        long last = UsedBytes();
        for (int calm = 0; calm < 3;)
        {
            Thread.Sleep(Pause);
            long now = UsedBytes();
            calm = Math.Abs(now - last) < 64 << 10 ? calm + 1 : 0;
            last = now;
        }
        return last;
    }

    private static long UsedBytes() => File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal) || line.StartsWith("VmPTE:", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
}
