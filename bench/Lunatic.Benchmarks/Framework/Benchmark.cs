namespace Lunatic.Benchmarks.Framework;

/// <summary>A group of measurements that is run by its name.</summary>
internal abstract class Benchmark
{
    /// <summary>What the command line calls it.</summary>
    public abstract string Name { get; }

    /// <summary>One line that says what is measured.</summary>
    public abstract string Description { get; }

    /// <summary>Measures; each row is printed as soon as it is there.</summary>
    public abstract IEnumerable<Row> Run();
}
