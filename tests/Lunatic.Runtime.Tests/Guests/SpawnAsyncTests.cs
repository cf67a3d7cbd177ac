using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Guests;

[TestFixture]
public sealed class SpawnAsyncTests
{
    [Test]
    public async Task A_process_gets_its_arguments()
    {
        await using var host = new GuestHost();
        var module = await host.CompileAsync(GuestModule.Write("""(func (export "go") (param i32 i64) (call $report32 (local.get 0)) (call $report (local.get 1)))"""));
        LunaticProcess process = await host.Environment.SpawnAsync(module, "go", 7, 8L);
        Assert.That(await GuestHost.WaitForEndAsync(process), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 7, 8 }));
    }

    [TestCase("missing", "no function named \"missing\"")]
    [TestCase("takes", "is of type")]
    [TestCase("gives", "returns a value")]
    [TestCase("memory", "no function named \"memory\"")]
    public async Task A_wrong_entry_is_the_callers_mistake(string function, string message)
    {
        await using var host = new GuestHost();
        var module = await host.CompileAsync(GuestModule.Write("""(func (export "takes") (param i32)) (func (export "gives") (result i32) (i32.const 0))"""));
        ArgumentException? exception = Assert.ThrowsAsync<ArgumentException>(async () => await host.Environment.SpawnAsync(module, function));
        Assert.That(exception!.Message, Does.Contain(message));
    }

    [Test]
    public async Task What_cannot_be_instantiated_is_told_and_leaves_nothing_behind()
    {
        await using var host = new GuestHost(new EnvironmentOptions { MaxMemory = 65_536, MaxProcesses = 1 });
        var tooBig = await host.CompileAsync("""(module (memory 2) (func (export "_start")))""");
        var failing = await host.CompileAsync("""(module (func $s unreachable) (start $s) (func (export "_start")))""");
        var sleeping = await host.CompileAsync(GuestModule.Write("""(func (export "_start") (call $process.sleep_ms (i64.const -1)))"""));
        Assert.ThrowsAsync<WasmUninstantiableException>(async () => await host.Environment.SpawnAsync(tooBig));
        Assert.That(
            Assert.ThrowsAsync<WasmUninstantiableException>(async () => await host.Environment.SpawnAsync(failing))!.Message, Does.Contain("start function").And.Contains("unreachable"));
        LunaticProcess first = await host.Environment.SpawnAsync(sleeping);
        Assert.ThrowsAsync<LimitExceededException>(async () => await host.Environment.SpawnAsync(sleeping));
        Assert.That(host.Environment.ProcessCount, Is.EqualTo(1), "what failed does not count");
        first.Kill();
        await GuestHost.WaitForEndAsync(first);
    }

    [Test]
    public async Task A_directory_that_does_not_exist_is_told()
    {
        await using var host = new GuestHost(new EnvironmentOptions { Directories = { new PreopenedDirectory("/does/not/exist") } });
        var module = await host.CompileAsync("""(module (func (export "_start")))""");
        Assert.CatchAsync<IOException>(async () => await host.Environment.SpawnAsync(module));
    }

    [Test]
    public async Task A_start_function_that_never_returns_ends_with_its_environment()
    {
        await using var host = new GuestHost();
        var module = await host.CompileAsync(GuestModule.Write("""(start $s) (func $s (call $report (i64.const 1)) (loop $forever (br $forever))) (func (export "_start"))"""));
        Task<LunaticProcess> spawning = host.Environment.SpawnAsync(module);
        await host.WaitForReportsAsync(1);
        await host.Environment.DisposeAsync();
        Assert.ThrowsAsync<WasmUninstantiableException>(async () => await spawning.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task Many_killed_at_any_point_leave_nothing_behind()
    {
        await using var host = new GuestHost();
        // each spawns children for ever, sets timers, takes names, links, sends
        var module = await host.CompileAsync(GuestModule.Write("""
            (data (i32.const 100) "main")
            (func (export "main")
              (local $n i32)
              (loop $forever
                (i64.store (i32.const 300) (call $process.process_id))
                (call $registry.put (i32.const 300) (i32.const 1) (i64.const 0) (call $process.process_id))
                (call $message.create_data (i64.const 1) (i64.const 0))
                (drop (call $message.write_data (i32.const 0) (i32.const 1000)))
                (drop (call $timer.send_after (call $process.process_id) (i64.const 1)))
                (if (i64.lt_u (call $process.process_id) (i64.const 200))
                  (then (drop (call $process.spawn (i64.const 5) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 4) (i32.const 0) (i32.const 0) (i32.const 200)))))
                (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 1)))
                (br_if $forever (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 1000)))))
            """));
        LunaticProcess root = await host.Environment.SpawnAsync(module, "main");
        for (int round = 0; round < 20; round++)
        {
            foreach (LunaticProcess process in host.Environment.Processes)
            {
                process.Kill();
                await GuestHost.WaitForEndAsync(process);
            }
            LunaticProcess next = await host.Environment.SpawnAsync(module, "main");
            next.Send(1, []);
        }
        await GuestHost.WaitForEndAsync(root);
    }
}
