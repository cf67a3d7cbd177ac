using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Guests;
using Lunatic.Benchmarks.Memory;

Benchmark[] all = [new SlotBenchmark(), new ActorsBenchmark(), new ComputeBenchmark()];
return Runner.Run(all, args, Console.Out, Console.Error);
