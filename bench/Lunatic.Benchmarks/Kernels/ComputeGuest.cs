namespace Lunatic.Benchmarks.Kernels;

/// <summary>The guest `compute` of the shared folder: kernels by name and size. It prints how long each took.</summary>
internal static class ComputeGuest
{
    public const string File = "compute.wasm";

    /// <summary>The field of what it prints that says how long the kernel took, in nanoseconds.</summary>
    public const string Field = "elapsed_ns";

    /// <summary>The kernels, with sizes that take native code some tenths of a second.</summary>
    public static readonly (string Kernel, string Size)[] Kernels =
    [
        ("fib", "38"), ("nbody", "1500000"), ("fannkuch", "10"), ("spectral", "1000"), ("mandelbrot", "1000"), ("sieve", "10000000"), ("matmul", "400"),
        ("sha256", "16"), ("sort", "1500000"), ("hashmap", "1000000"), ("strings", "800000"), ("vm", "15000000"), ("dyncall", "60000000"),
    ];
}
