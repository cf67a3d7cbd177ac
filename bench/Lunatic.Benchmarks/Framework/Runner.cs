namespace Lunatic.Benchmarks.Framework;

/// <summary>The command line: which benchmarks to run.</summary>
internal static class Runner
{
    /// <summary>Returns the exit status: 0, 1 when a benchmark failed, 2 for a wrong command line.</summary>
    public static int Run(Benchmark[] all, string[] arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Length == 0 || arguments.Any(argument => argument is "--help" or "-h" or "--list"))
        {
            WriteHelp(all, output);
            return 0;
        }
        Sampling.CountsProcessorTime = arguments.Contains("--cpu");
        arguments = [.. arguments.Where(argument => argument != "--cpu")];
        string[] unknown = [.. arguments.Where(name => name != "all" && all.All(benchmark => benchmark.Name != name))];
        if (unknown.Length > 0)
        {
            errors.WriteLine($"no benchmark is called {string.Join(" or ", unknown)}; --list names them all");
            return 2;
        }
        Table table = new(output);
        table.WriteHead();
        int failed = 0;
        foreach (Benchmark benchmark in all.Where(benchmark => arguments.Contains("all") || arguments.Contains(benchmark.Name)))
        {
            try
            {
                foreach (Row row in benchmark.Run())
                {
                    table.Write(row);
                    failed += row.HasFailed ? 1 : 0;
                }
            }
            catch (Exception exception)
            {
                errors.WriteLine($"{benchmark.Name} failed: {exception}");
                failed++;
            }
        }
        return failed == 0 ? 0 : 1;
    }

    private static void WriteHelp(Benchmark[] all, TextWriter output)
    {
        output.WriteLine("Measures Lunatic for .NET, beside its peers where they are there.");
        output.WriteLine();
        output.WriteLine("  dotnet run -c Release --project bench/Lunatic.Benchmarks -- all");
        output.WriteLine("  dotnet run -c Release --project bench/Lunatic.Benchmarks -- NAME…");
        output.WriteLine();
        foreach (Benchmark benchmark in all)
            output.WriteLine($"  {benchmark.Name,-14} {benchmark.Description}");
        output.WriteLine();
        output.WriteLine("  --cpu          count processor time instead of time, in what runs in this process on one thread");
        output.WriteLine();
        output.WriteLine("The ratio is our median by the peer's. Guests and peers are found by LUNATIC_SHARED, or in `shared` beside the repository.");
    }
}
