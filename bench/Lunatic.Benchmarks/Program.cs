using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Guests;
using Lunatic.Benchmarks.HostCalls;
using Lunatic.Benchmarks.Interpretation;
using Lunatic.Benchmarks.Kernels;
using Lunatic.Benchmarks.Memory;
using Lunatic.Benchmarks.Modules;
using Lunatic.Benchmarks.NativeProcesses;
using Lunatic.Benchmarks.Networking;
using Lunatic.Benchmarks.Vectors;

Benchmark[] all = [
    new SlotBenchmark(), new LoadBenchmark(), new CompileBenchmark(), new InstantiateBenchmark(), new InterpreterBenchmark(), new VectorBenchmark(), new NativeProcessBenchmark(),
    new SleepersBenchmark(), new ActorsBenchmark(), new ComputeBenchmark(), new EchoBenchmark(), new HostCallBenchmark(), new KernelsBenchmark(), new TiersBenchmark(),
];
return Runner.Run(all, args, Console.Out, Console.Error);
