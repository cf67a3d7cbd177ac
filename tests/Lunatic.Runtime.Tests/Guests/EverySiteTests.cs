using System.Text;
using Lunatic.Runtime.Processes;
using Lunatic.TestSupport;

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>Guests that are suspended at every site give the same results; killed at any of them they leave nothing behind.</summary>
[TestFixture(ExecutionMode.Interpreted)]
[TestFixture(ExecutionMode.Compiled)]
[TestFixture(ExecutionMode.Tiered)]
public sealed class EverySiteTests(ExecutionMode mode)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [TestCase("sandbox")]
    [TestCase("actors", "spawn", "3")]
    [TestCase("actors", "pingpong", "5")]
    [TestCase("actors", "ring", "4", "2")]
    [TestCase("actors", "selective", "5")]
    [TestCase("actors", "payload", "1", "100")]
    [TestCase("actors", "skynet", "10")]
    [TestCase("actors", "sleepers", "5", "5")]
    public async Task A_guest_suspended_everywhere_does_the_same(string guest, params string[] arguments)
    {
        byte[] module = await File.ReadAllBytesAsync(SharedFolder.Path("guests", $"{guest}.wasm"));
        (ExitReason exit, string output) = await RunAsync(module, [guest, .. arguments], null);
        long sites = 0;
        (ExitReason suspendedExit, string suspendedOutput) = await RunAsync(module, [guest, .. arguments], _ => Interlocked.Increment(ref sites));
        Assert.That(suspendedExit, Is.EqualTo(exit));
        Assert.That(WithoutTimes(suspendedOutput), Is.EqualTo(WithoutTimes(output)));
        Assert.That(sites, Is.GreaterThan(100));
    }

    [TestCase(1, 30)]
    [TestCase(2, 3)]
    public async Task A_guest_killed_at_any_site_leaves_nothing_behind(long victim, int atLeast)
    {
        const string Guest = """
            (data (i32.const 100) "child")
            (data (i32.const 110) "name")
            (start $begin)
            (func $begin (call $process.sleep_ms (i64.const 0)))
            (func (export "child") (call $process.link (i64.const 3) (i64.const 1)) (call $process.sleep_ms (i64.const -1)))
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32)
              (call $message.create_data (i64.const 1) (i64.const 0))
              (call $process.sleep_ms (i64.const 0))
              (drop (call $message.write_data (i32.const 100) (i32.const 1)))
              unreachable)
            (func (export "main") (local $i i32)
              (drop (call $process.create_config))
              (drop (call $process.compile_module (i32.const 100) (i32.const 5) (i32.const 200)))
              (drop (call $process.get_or_spawn (i32.const 110) (i32.const 4) (i64.const 5) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5)
                (i32.const 0) (i32.const 0) (i32.const 200) (i32.const 208)))
              (drop (call $trap.catch (i32.const 0) (i32.const 0)))
              (loop $l
                (call $message.create_data (i64.const 1) (i64.const 0))
                (drop (call $timer.send_after (call $process.process_id) (i64.const 0)))
                (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 100)))
                (drop (memory.grow (i32.const 1)))
                (memory.fill (i32.const 65536) (i32.const 1) (i32.const 65536))
                (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5)))))
            """;
        byte[] module = Encoding.UTF8.GetBytes(GuestModule.Write(Guest));
        int site = 0;
        bool wasKilled;
        do
        {
            int left = site++;
            wasKilled = false;
            (ExitReason exit, _) = await RunAsync(module, [], process =>
            {
                if (process.Id.LocalId == victim && left-- == 0)
                {
                    wasKilled = true;
                    process.Kill();
                }
            }, "main");
            if (wasKilled && victim == 1)
                Assert.That(exit.Kind, Is.EqualTo(ExitKind.Killed).Or.EqualTo(ExitKind.Faulted), $"killed at site {site}");
        }
        while (wasKilled);
        // compiled code comes out at fewer: not where a call returns
        Assert.That(site, Is.GreaterThan(mode == ExecutionMode.Interpreted ? atLeast : atLeast / 3), "the guest has that many sites");
    }

    private async Task<(ExitReason Exit, string Output)> RunAsync(byte[] module, string[] arguments, Action<GuestProcess>? suspended, string function = "_start")
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 2, ExecutionMode = mode });
        if (mode == ExecutionMode.Tiered)
            runtime.TierSwitches = static () => new Random(1);
        runtime.SuspendedAtSite = suspended;
        using var output = new MemoryStream();
        LunaticEnvironment environment = runtime.CreateEnvironment(new EnvironmentOptions
        {
            Arguments = arguments,
            StandardInput = Stream.Null,
            StandardOutput = output,
            StandardError = Stream.Null,
        });
        LunaticModule compiled = await runtime.CompileAsync(module);
        ExitReason exit = await EndOfAsync(environment, compiled, function);
        await GuestHost.AssertNothingLeftAsync(runtime, environment);
        return (exit, Encoding.UTF8.GetString(output.ToArray()));
    }

    private async Task<ExitReason> EndOfAsync(LunaticEnvironment environment, LunaticModule module, string function)
    {
        try
        {
            LunaticProcess process = await environment.SpawnAsync(module, function).WaitAsync(Patience);
            return await process.Completion.WaitAsync(Patience);
        }
        catch (Lunatic.Wasm.WasmUninstantiableException exception)
        {
            // killed while the start function ran
            return ExitReason.Faulted(exception);
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"the guest has not ended within {Patience}");
        }
    }

    private static string WithoutTimes(string output) => output.Split(" elapsed_ns=")[0];
}
