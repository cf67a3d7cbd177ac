using System.Diagnostics;
using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Guests;
using Lunatic.Benchmarks.Peers;
using Lunatic.Runtime;

namespace Lunatic.Benchmarks.NativeProcesses;

/// <summary>The actor workloads written as C# processes, in a runtime of this process.</summary>
internal sealed class NativeProcessBenchmark : Benchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    public override string Name => "native";

    public override string Description => "C# processes that spawn and exchange messages, beside BEAM";

    public override IEnumerable<Row> Run()
    {
        LunaticRuntime runtime = new();
        try
        {
            LunaticEnvironment environment = runtime.CreateEnvironment();
            Peer beam = Peer.Beam();
            (string Name, string[] Workload, Func<NativeProcessContext, int, Task> Body, int Operations)[] workloads =
            [
                ("C# spawn + join", ["spawn", "100000"], SpawnAndJoin, 100_000),
                ("C# fan-out, a process", ["fanout", "100000"], FanOut, 100_000),
                ("C# ping-pong, a round trip", ["pingpong", "200000"], PingPong, 200_000),
            ];
            foreach ((string name, string[] workload, Func<NativeProcessContext, int, Task> body, int operations) in workloads)
            {
                NanosecondsPerOperation(environment, body, operations);
                foreach (Row row in Comparison.Run(name, "per_op_ns", Rounds, workload, () => NanosecondsPerOperation(environment, body, operations), beam))
                    yield return row;
            }
        }
        finally
        {
            runtime.DisposeAsync().AsTask().Wait(Deadline);
        }
    }

    private static double NanosecondsPerOperation(LunaticEnvironment environment, Func<NativeProcessContext, int, Task> body, int operations)
    {
        TimeSpan elapsed = TimeSpan.Zero;
        LunaticProcess process = environment.Spawn(async context =>
        {
            long start = Stopwatch.GetTimestamp();
            await body(context, operations);
            elapsed = Stopwatch.GetElapsedTime(start);
        });
        if (!process.Completion.Wait(Deadline))
            throw new TimeoutException($"{body.Method.Name} ran longer than {Deadline}");
        if (elapsed == TimeSpan.Zero)
            throw new InvalidOperationException($"{body.Method.Name} ended early: {process.Completion.Result}");
        return elapsed.TotalNanoseconds / operations;
    }

    private static async Task SpawnAndJoin(NativeProcessContext context, int operations)
    {
        LunaticProcess parent = context.Self;
        Func<NativeProcessContext, Task> body = _ =>
        {
            parent.Send(1, []);
            return Task.CompletedTask;
        };
        for (int operation = 0; operation < operations; operation++)
        {
            context.SpawnLinked(body);
            await context.ReceiveAsync(1);
        }
    }

    private static async Task FanOut(NativeProcessContext context, int operations)
    {
        LunaticProcess parent = context.Self;
        Func<NativeProcessContext, Task> body = _ =>
        {
            parent.Send(1, []);
            return Task.CompletedTask;
        };
        for (int operation = 0; operation < operations; operation++)
            context.Spawn(body);
        for (int operation = 0; operation < operations; operation++)
            await context.ReceiveAsync();
    }

    private static async Task PingPong(NativeProcessContext context, int operations)
    {
        LunaticProcess parent = context.Self;
        byte[] data = new byte[8];
        LunaticProcess echo = context.SpawnLinked(async child =>
        {
            for (int operation = 0; operation < operations; operation++)
                parent.Send(await child.ReceiveAsync());
        });
        for (int operation = 0; operation < operations; operation++)
        {
            echo.Send(1, data);
            await context.ReceiveAsync();
        }
    }
}
