using System.Text.RegularExpressions;
using Lunatic.Runtime.Tests.Wasi;
using Lunatic.TestSupport;

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>The Rust guests of the shared folder, with the output that the reference runtime gives.</summary>
[TestFixture]
public sealed partial class RustGuestTests
{
    [TestCase("spawn", "50")]
    [TestCase("fanout", "50")]
    [TestCase("pingpong", "200")]
    [TestCase("ring", "50", "5")]
    [TestCase("fanin", "10", "20")]
    [TestCase("sleepers", "200", "20")]
    [TestCase("selective", "100")]
    [TestCase("payload", "3", "20000")]
    [TestCase("skynet", "100")]
    public async Task Actors_do_their_work(string workload, params string[] sizes)
    {
        ProgramResult result = await RunAsync("actors", options => options.Arguments = ["actors", workload, .. sizes]);
        Assert.That(result.Code, Is.Zero, result.ToString());
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[^1], Does.StartWith($"{workload} n={sizes[0]} elapsed_ns="));
        if (workload == "skynet")
            Assert.That(lines[0], Is.EqualTo("sum=4950"));
    }

    [Test]
    public async Task A_supervisor_restarts_what_fails() =>
        await AssertOutputAsync("supervised", options => options.Arguments = ["supervised"]);

    [Test]
    public async Task Children_run_under_the_limits_and_rights_of_their_configurations() =>
        await AssertOutputAsync("sandbox", options => options.Arguments = ["sandbox"]);

    [Test]
    public async Task A_process_with_state_and_sleeps_counts() =>
        await AssertOutputAsync("counter", options => options.Arguments = ["counter", "1"]);

    [Test]
    public async Task A_module_is_compiled_and_spawned_at_run_time()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "good.wasm"), """(module (func (export "go") (param i32) (if (i32.ne (local.get 0) (i32.const 41)) (then unreachable))))""");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "bad.wasm"), "(module (func (i32.const 1)))");
        foreach ((string file, string output) in new[] { ("good.wasm", "spawned: true\n"), ("bad.wasm", "rejected: ") })
        {
            ProgramResult result = await RunAsync("host", options =>
            {
                options.Arguments = ["host", Path.Combine(folder.Path, file), "go"];
                options.Directories = [new PreopenedDirectory(folder.Path)];
            });
            Assert.That(result.Output, Does.StartWith(output), result.ToString());
        }
    }

    [TestCase("fib", "20", "6765")]
    [TestCase("sieve", "10000", "1229")]
    [TestCase("mandelbrot", "20", null)]
    [TestCase("sha256", "1", null)]
    [TestCase("sort", "1000", null)]
    [TestCase("hashmap", "1000", null)]
    [TestCase("strings", "100", null)]
    [TestCase("dyncall", "1000", null)]
    public async Task Kernels_compute(string kernel, string size, string? expected)
    {
        ProgramResult result = await RunAsync("compute", options => options.Arguments = ["compute", kernel, size]);
        Assert.That(result.Code, Is.Zero, result.ToString());
        Match line = ComputeLine().Match(result.Output);
        Assert.That(line.Success, Is.True, result.Output);
        if (expected is not null)
            Assert.That(line.Groups["result"].Value, Is.EqualTo(expected));
    }

    [TestCase("panic", "unreachable")]
    [TestCase("unreachable", "unreachable")]
    [TestCase("oob", "out of bounds")]
    [TestCase("stack", "")]
    public async Task A_crash_names_its_reason_and_its_functions(string how, string reason)
    {
        ProgramResult result = await RunAsync("crash", options => options.Arguments = ["crash", how]);
        Assert.That(result.Reason.Kind, Is.EqualTo(ExitKind.Trapped), result.ToString());
        Assert.That(result.Reason.Message, Does.Contain(reason));
        Assert.That(string.Join('\n', result.Reason.Stack), Does.Contain("crash"));
    }

    [GeneratedRegex(@"^\w+ n=\d+ result=(?<result>\S+) elapsed_ns=\d+\n$")]
    private static partial Regex ComputeLine();

    private static async Task AssertOutputAsync(string guest, Action<EnvironmentOptions> configure)
    {
        string expected = await File.ReadAllTextAsync(SharedFolder.Path("guests", "expected", $"{guest}.txt"));
        ProgramResult result = await RunAsync(guest, configure);
        Assert.That(result.Output, Is.EqualTo(expected), result.ToString());
        Assert.That(result.Code, Is.Zero, result.ToString());
    }

    private static async Task<ProgramResult> RunAsync(string guest, Action<EnvironmentOptions> configure) =>
        await GuestProgram.RunAsync(await File.ReadAllBytesAsync(SharedFolder.Path("guests", $"{guest}.wasm")), configure);
}
