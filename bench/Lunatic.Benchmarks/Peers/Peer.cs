namespace Lunatic.Benchmarks.Peers;

/// <summary>A program that runs the same workloads as we do and prints the same lines.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Command">The executable; null where it is not to be had.</param>
/// <param name="Arguments">What comes before the workload and its numbers.</param>
/// <param name="Missing">Why it is not to be had.</param>
internal sealed record Peer(string Name, string? Command, string[] Arguments, string Missing = "")
{
    /// <summary>The command that this program was built with.</summary>
    public static Peer Ours(string guest, params string[] options)
    {
        string command = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "lunatic.exe" : "lunatic");
        return SharedFiles.Find("guests", guest) is { } path
            ? new Peer("ours", command, ["run", .. options, path, "--"])
            : new Peer("ours", null, [], SharedFiles.Missing);
    }

    /// <summary>The reference runtime, on the same guest.</summary>
    public static Peer Reference(string guest)
    {
        const string name = "lunatic 0.13.2";
        if (SharedFiles.Find("guests", guest) is not { } path)
            return new Peer(name, null, [], SharedFiles.Missing);
        return ReferenceRuntime.TryUnpack(out string command, out string reason)
            ? new Peer(name, command, ["run", path, "--"])
            : new Peer(name, null, [], reason);
    }

    /// <summary>The actor workloads on BEAM.</summary>
    public static Peer Beam()
    {
        const string name = "BEAM";
        if (SharedFiles.Find("peers", "erlang", "actors.escript") is not { } script)
            return new Peer(name, null, [], SharedFiles.Missing);
        return Programs.FindInPath("escript") is { } escript
            ? new Peer(name, escript, [script])
            : new Peer(name, null, [], "needs escript (Debian: erlang-base) in the path");
    }

    /// <summary>The kernels of the guest `compute`, built natively.</summary>
    public static Peer Native()
    {
        const string name = "native";
        if (!OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64)
            return new Peer(name, null, [], "is built for Linux on x64");
        return SharedFiles.Find("peers", "compute-native-linux-x64") is { } path
            ? new Peer(name, path, [])
            : new Peer(name, null, [], SharedFiles.Missing);
    }

    /// <summary>Runs a workload and returns what its line says, in nanoseconds.</summary>
    /// <param name="field">`per_op_ns` or `elapsed_ns`.</param>
    /// <param name="workload">The workload and its numbers.</param>
    public double Measure(string field, string[] workload) => Read(field, Programs.Run(Command!, [.. Arguments, .. workload]));

    /// <summary>What a field of a workload's output says.</summary>
    public static double Read(string field, string output)
    {
        foreach (string word in output.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith(field + "=", StringComparison.Ordinal))
                return double.Parse(word.AsSpan(field.Length + 1), System.Globalization.CultureInfo.InvariantCulture);
        }
        throw new InvalidOperationException($"no {field} was printed: {output}");
    }
}
