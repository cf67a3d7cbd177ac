using System.Text.RegularExpressions;
using Lunatic.Runtime.Tests.Wasi;
using Lunatic.TestSupport;

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>The Rust guests of the shared folder, with the output that the reference runtime gives.</summary>
[TestFixture(ExecutionMode.Interpreted)]
[TestFixture(ExecutionMode.Compiled)]
[TestFixture(ExecutionMode.Tiered)]
public sealed partial class RustGuestTests(ExecutionMode mode)
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
    public async Task A_supervisor_restarts_what_fails()
    {
        // in virtual time: the guest takes it that the restart is over after 100 ms, which a busy machine does not promise
        await using var guests = new SteppedGuests(everySite: false, configure: options => options.Arguments = ["supervised"], mode: mode);
        ProgramResult result = guests.RunToEnd(RustGuest.Load("supervised"));
        Assert.That(result.Output, Is.EqualTo(RustGuest.ExpectedOutput("supervised")), result.ToString());
    }

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

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_database_keeps_its_rows(bool inFile)
    {
        using var folder = new TemporaryFolder();
        await AssertOutputAsync("database", options =>
        {
            options.Arguments = inFile ? ["database", Path.Combine(folder.Path, "items.db")] : ["database"];
            options.Directories = [new PreopenedDirectory(folder.Path)];
        });
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(inFile ? 1 : 0));
    }

    // results of the reference runtime, and of the same source built natively
    [TestCase("fib", "20", "6765")]
    [TestCase("nbody", "1000", "-0.169087605")]
    [TestCase("fannkuch", "6", "49/10")]
    [TestCase("spectral", "40", "1.274167288")]
    [TestCase("mandelbrot", "40", "621")]
    [TestCase("sieve", "20000", "2262")]
    [TestCase("matmul", "30", "161640")]
    [TestCase("sha256", "1", "fbbab289f7f94b25736c58be46a994c441fd02552cc6022352e3d86d2fab7c83")]
    [TestCase("sort", "5000", "7f9475914a7e6bfd")]
    [TestCase("hashmap", "2000", "859/1999000")]
    [TestCase("strings", "1000", "1000:word0")]
    [TestCase("vm", "20000", "7b78d5645a992607")]
    [TestCase("dyncall", "20000", "5991b1c9fe9ddbfe")]
    public async Task Kernels_compute(string kernel, string size, string expected)
    {
        ProgramResult result = await RunAsync("compute", options => options.Arguments = ["compute", kernel, size]);
        Assert.That(result.Code, Is.Zero, result.ToString());
        Match line = ComputeLine().Match(result.Output);
        Assert.That(line.Success, Is.True, result.Output);
        Assert.That(line.Groups["result"].Value, Is.EqualTo(expected));
    }

    [TestCase("panic", "unreachable")]
    [TestCase("unreachable", "unreachable")]
    [TestCase("overflow", "unreachable")]
    [TestCase("oob", "out of bounds memory access")]
    [TestCase("memory", "unreachable")]
    public async Task A_crash_names_its_reason_and_its_functions(string how, string reason)
    {
        ProgramResult result = await RunAsync("crash", options =>
        {
            options.Arguments = ["crash", how];
            options.MaxMemory = 64 << 20;
        });
        Assert.That(result.Reason.Kind, Is.EqualTo(ExitKind.Trapped), result.ToString());
        Assert.That(result.Reason.Message, Is.EqualTo(reason));
        AssertInOrder(result.Reason.Stack, "inner", "middle", "outer", "main", "_start");
    }

    [Test]
    public async Task A_crash_by_endless_recursion_shows_both_ends_of_the_stack()
    {
        ProgramResult result = await RunAsync("crash", options => options.Arguments = ["crash", "stack"]);
        Assert.That(result.Reason.Kind, Is.EqualTo(ExitKind.Trapped), result.ToString());
        Assert.That(result.Reason.Message, Is.EqualTo("out of bounds memory access"), "Rust's own stack, in the guest's memory, is used up first");
        AssertInOrder(result.Reason.Stack, "deep", "deep", " more calls", "deep", "inner", "middle", "outer", "main", "_start");
    }

    [Test]
    public async Task An_exit_has_its_code()
    {
        ProgramResult result = await RunAsync("crash", options => options.Arguments = ["crash", "exit"]);
        Assert.That(result.Reason, Is.EqualTo(ExitReason.Exited(3)));
    }

    [Test]
    public async Task Twenty_thousand_sleep_at_once()
    {
        const int Sleepers = 20_000;
        await using var guests = new SteppedGuests(everySite: false, configure: options => options.Arguments = ["actors", "sleepers", $"{Sleepers}", "1000"], mode: mode);
        LunaticProcess root = guests.Spawn(RustGuest.Load("actors"));
        guests.RunUntilIdle();
        Assert.That(guests.Environment.ProcessCount, Is.EqualTo(Sleepers + 1));
        Assert.That(Holdings.Of(guests.Environment).Memories, Is.EqualTo(Sleepers + 1));
        guests.Advance(TimeSpan.FromMilliseconds(1001));
        Assert.That(root.HasEnded, Is.True);
        Assert.That(await root.Completion, Is.EqualTo(ExitReason.Returned));
        Assert.That(Holdings.Of(guests.Environment), Is.EqualTo(default(Holdings)));
    }

    [GeneratedRegex(@"^\w+ n=\d+ result=(?<result>\S+) elapsed_ns=\d+\n$")]
    private static partial Regex ComputeLine();

    private static void AssertInOrder(IReadOnlyList<string> lines, params string[] parts)
    {
        int found = 0;
        foreach (string line in lines)
        {
            if (found < parts.Length && line.Contains(parts[found], StringComparison.Ordinal))
                found++;
        }
        Assert.That(found, Is.EqualTo(parts.Length), () => $"{string.Join(", ", parts)} in this order:\n{string.Join('\n', lines)}");
    }

    private async Task AssertOutputAsync(string guest, Action<EnvironmentOptions> configure)
    {
        string expected = await File.ReadAllTextAsync(SharedFolder.Path("guests", "expected", $"{guest}.txt"));
        ProgramResult result = await RunAsync(guest, configure);
        Assert.That(result.Output, Is.EqualTo(expected), result.ToString());
        Assert.That(result.Code, Is.Zero, result.ToString());
    }

    private async Task<ProgramResult> RunAsync(string guest, Action<EnvironmentOptions> configure) =>
        await GuestProgram.RunAsync(await File.ReadAllBytesAsync(SharedFolder.Path("guests", $"{guest}.wasm")), configure, mode);
}
