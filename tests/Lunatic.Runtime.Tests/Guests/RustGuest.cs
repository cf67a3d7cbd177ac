using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Lunatic.TestSupport;

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>The Rust guests of the shared folder and what the reference runtime prints when it runs them.</summary>
internal static partial class RustGuest
{
    private static readonly ConcurrentDictionary<string, LunaticModule> Modules = new();

    /// <summary>A guest, compiled once for all tests; ignores the running test where there is no shared folder.</summary>
    public static LunaticModule Load(string name) =>
        Modules.GetOrAdd(name, static name => LunaticModule.Compile(File.ReadAllBytes(SharedFolder.Path("guests", $"{name}.wasm"))));

    /// <summary>The expected standard output.</summary>
    public static string ExpectedOutput(string name) => File.ReadAllText(SharedFolder.Path("guests", "expected", $"{name}.txt"));

    /// <summary>Output without the times in it.</summary>
    public static string WithoutTimes(string output) => Times().Replace(output, "$1=?");

    [GeneratedRegex(@"\b(elapsed_ns|per_op_ns)=\d+")]
    private static partial Regex Times();
}
