using System.Text;
using Lunatic.Benchmarks.Framework;
using Lunatic.Runtime;

namespace Lunatic.Benchmarks.HostCalls;

/// <summary>What a call of a host function costs a guest, beside a static call in C# and a call of another guest function. The loop around is subtracted.</summary>
internal sealed class HostCallBenchmark : Benchmark
{
    private const int CallsPerRound = 16;
    private const int Samples = 9;
    private const int CompiledRounds = 200_000;
    private const int InterpretedRounds = 20_000;

    // how many times fewer rounds calls do that take more than a few nanoseconds
    private const int FewerOfSlowOnes = 20;

    private static readonly (string Name, string Body, bool IsSlow)[] Calls =
    [
        ("guest function", "(drop (call $guest (i64.const 3)))", false),
        ("process_id, no arguments", "(drop (call $process_id))", false),
        ("seek_data, an i64", "(call $seek_data (i64.const 3))", false),
        ("seek_data by call_indirect", "(call_indirect (param i64) (i64.const 3) (i32.const 0))", false),
        ("version::major, an i32 returned", "(drop (call $major))", false),
        ("read_data, a byte", "(drop (call $read_data (i32.const 8) (i32.const 1)))", false),
        ("write_data, a byte", "(drop (call $write_data (i32.const 8) (i32.const 1)))", false),
        ("read_data, 8 bytes", "(drop (call $read_data (i32.const 8) (i32.const 8)))", false),
        ("write_data, 8 bytes", "(drop (call $write_data (i32.const 8) (i32.const 8)))", false),
        ("clock_time_get", "(drop (call $clock (i32.const 1) (i64.const 1) (i32.const 8)))", true),
        ("random_get, 8 bytes", "(drop (call $random (i32.const 8) (i32.const 8)))", true),
        ("fd_write, 8 bytes to nowhere", "(drop (call $fd_write (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 8)))", true),
    ];

    public override string Name => "hostcall";

    public override string Description => "nanoseconds per call of a host function, compiled and interpreted, beside a static call in C#";

    public override IEnumerable<Row> Run()
    {
        double direct = StaticCall.Nanoseconds(CallsPerRound, Samples);
        yield return new Row("C# static method, by calli", direct, "ns");
        foreach (ExecutionMode mode in new[] { ExecutionMode.Compiled, ExecutionMode.Interpreted })
        {
            foreach ((string name, string body, bool isSlow) in Calls)
                yield return new Row($"{mode.ToString().ToLowerInvariant()}: {name}", Measure(mode, body, isSlow), "ns", "static call", direct);
        }
    }

    private static double Measure(ExecutionMode mode, string body, bool isSlow)
    {
        using LoopGuest calls = new(mode, Guest(string.Concat(Enumerable.Repeat(body, CallsPerRound))));
        using LoopGuest empty = new(mode, Guest(""));
        int rounds = (mode == ExecutionMode.Compiled ? CompiledRounds : InterpretedRounds) / (isSlow ? FewerOfSlowOnes : 1);
        double[] samples = new double[Samples];
        for (int i = -4; i < Samples; i++)
        {
            TimeSpan difference = Sampling.Time(calls.Run, rounds) - Sampling.Time(empty.Run, rounds);
            if (i >= 0)
                samples[i] = difference.TotalNanoseconds / rounds / CallsPerRound;
        }
        return Sampling.Median(samples);
    }

    // a message of 64 KiB, read or written byte by byte; after each so many rounds it is begun anew
    private static string Guest(string body) => new StringBuilder("""
        (module
          (import "lunatic::process" "process_id" (func $process_id (result i64)))
          (import "lunatic::version" "major" (func $major (result i32)))
          (import "lunatic::message" "create_data" (func $create_data (param i64 i64)))
          (import "lunatic::message" "seek_data" (func $seek_data (param i64)))
          (import "lunatic::message" "read_data" (func $read_data (param i32 i32) (result i32)))
          (import "lunatic::message" "write_data" (func $write_data (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
          (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 2)
          (data (i32.const 64) "\10\00\00\00\08\00\00\00")
          (table funcref (elem $seek_data))
          (func $guest (param i64) (result i64) (local.get 0))
          (func (export "run") (param $rounds i32) (local $i i32)
            (loop $l
              (if (i32.eqz (i32.and (local.get $i) (i32.const 2047)))
                (then
                  (call $create_data (i64.const 1) (i64.const 0))
                  (drop (call $write_data (i32.const 0) (i32.const 65536)))))
        """).AppendLine(body).Append("""
              (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $rounds))))))
        """).ToString();
}
