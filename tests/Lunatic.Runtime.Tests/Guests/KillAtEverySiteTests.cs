
namespace Lunatic.Runtime.Tests.Guests;

/// <summary>A guest that is killed leaves nothing behind, at whatever site it is: it is run to each one and killed there.</summary>
[TestFixture(ExecutionMode.Interpreted)]
[TestFixture(ExecutionMode.Compiled)]
[TestFixture(ExecutionMode.Tiered)]
public sealed class KillAtEverySiteTests(ExecutionMode mode)
{
    // Takes names, sets timers, makes configurations and modules, spawns, links, watches, waits, catches traps, grows.
    private const string Busy = """
        (data (i32.const 100) "childtakernamesecond")
        (data (i32.const 200) "(module (func $s (loop) ) (start $s) (func (export \"child\")))")
        (func $spawn (param $function i32) (param $length i32) (param $link i64) (param $module i64)
          (drop (call $process.spawn
            (local.get $link) (i64.const -1) (local.get $module) (local.get $function) (local.get $length) (i32.const 0) (i32.const 0) (i32.const 300))))
        (func (export "child")
          (call $registry.put (i32.const 114) (i32.const 6) (i64.const 0) (call $process.process_id))
          (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 20))))
        (func (export "taker")
          (drop (call $process.get_or_spawn
            (i32.const 110) (i32.const 4) (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 320) (i32.const 328))))
        (func (export "_lunatic_catch_trap") (param i32 i32) (result i32)
          (call $process.sleep_ms (i64.const 1))
          unreachable)
        (func (export "main")
          (call $process.die_when_link_dies (i32.const 0))
          (call $registry.put (i32.const 110) (i32.const 2) (i64.const 0) (call $process.process_id))
          (call $spawn (i32.const 100) (i32.const 5) (i64.const 5) (i64.const -1))
          (call $process.monitor (i64.load (i32.const 300)))
          (call $spawn (i32.const 105) (i32.const 5) (i64.const 0) (i64.const -1))
          (call $spawn (i32.const 105) (i32.const 5) (i64.const 0) (i64.const -1))
          (drop (call $process.get_or_spawn
            (i32.const 110) (i32.const 4) (i64.const 7) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 304) (i32.const 312)))
          (drop (call $process.create_config))
          (call $message.create_data (i64.const 1) (i64.const 0))
          (drop (call $message.write_data (i32.const 0) (i32.const 500)))
          (drop (call $timer.send_after (call $process.process_id) (i64.const 3)))
          (call $message.create_data (i64.const 1) (i64.const 0))
          (drop (call $timer.send_after (i64.load (i32.const 300)) (i64.const 1000)))
          (drop (call $process.compile_module (i32.const 200) (i32.const 61) (i32.const 312)))
          (call $message.create_data (i64.const 2) (i64.const 0))
          (drop (call $message.push_module (i64.load (i32.const 312))))
          (drop (call $message.send (call $process.process_id)))
          (drop (call $process.compile_module (i32.const 200) (i32.const 61) (i32.const 312)))
          (call $spawn (i32.const 100) (i32.const 5) (i64.const 9) (i64.load (i32.const 312)))
          (drop (memory.grow (i32.const 40)))
          (memory.fill (i32.const 65536) (i32.const 7) (i32.const 2621440))
          (drop (call $trap.catch (i32.const 0) (i32.const 0)))
          (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 5)))
          (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 5)))
          (call $process.sleep_ms (i64.const 5)))
        """;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Nothing_of_a_busy_guest_is_left(int seed)
    {
        await using var guests = new SteppedGuests(seed, mode: mode);
        LunaticModule module = guests.Compile(GuestModule.Write(Busy));
        int sites = KillAtEach(guests, module, "main", static slices => slices + 1);
        // compiled code comes out at fewer: not where a call returns
        Assert.That(sites, Is.GreaterThan(mode == ExecutionMode.Interpreted ? 60 : 30));
    }

    [TestCase(4)]
    [TestCase(5)]
    public async Task Nothing_of_the_youngest_child_is_left(int seed)
    {
        await using var guests = new SteppedGuests(seed, mode: mode);
        LunaticModule module = guests.Compile(GuestModule.Write(Busy));
        bool endedByItself = false;
        for (int slices = 0; !endedByItself; slices++)
        {
            LunaticProcess root = guests.Spawn(module, "main");
            for (int taken = 0; taken < slices && !root.HasEnded; taken++)
                guests.Step();
            endedByItself = root.HasEnded;
            LunaticProcess victim = guests.Environment.Processes.MaxBy(process => process.Id.LocalId) ?? root;
            victim.Kill();
            guests.RunUntilIdle();
            Holdings.AssertNothingOf(victim, $"killed after {slices} slices");
            guests.KillAll();
            Assert.That(Holdings.Of(guests.Environment), Is.EqualTo(default(Holdings)), $"killed after {slices} slices");
        }
    }

    [TestCase("actors", "pingpong", "3")]
    [TestCase("actors", "spawn", "2")]
    [TestCase("actors", "sleepers", "3", "10")]
    [TestCase("actors", "skynet", "10")]
    [TestCase("actors", "payload", "1", "100")]
    [TestCase("supervised")]
    [TestCase("sandbox")]
    [TestCase("crash", "panic")]
    public async Task Nothing_of_a_Rust_guest_is_left(string guest, params string[] arguments)
    {
        await using var guests = new SteppedGuests(configure: options => options.Arguments = [guest, .. arguments], mode: mode);
        KillAtEach(guests, RustGuest.Load(guest), "_start", slices => slices + 1 + (slices / Sampling(20)));
    }

    [Test]
    public async Task No_file_stays_open()
    {
        using var folder = new TemporaryFolder();
        await using var guests = new SteppedGuests(configure: options =>
        {
            options.Arguments = ["files", folder.Path];
            options.Directories = [new PreopenedDirectory(folder.Path)];
        }, mode: mode);
        int mostOpen = 0;
        KillAtEach(guests, RustGuest.Load("files"), "_start", slices => slices + 1 + (slices / Sampling(30)), folder.Path, open => mostOpen = Math.Max(mostOpen, open));
        Assert.That(mostOpen, Is.Not.Zero, "no kill hit an open file: the test is worth nothing");
    }

    // all three modes in the time of one and a half
    private int Sampling(int finely) => mode == ExecutionMode.Tiered ? finely : finely / 4;

    /// <summary>Runs the guest anew for each number of slices in a series, and kills it then, until it ends by itself.</summary>
    /// <returns>The number of slices that it takes to its end.</returns>
    private static int KillAtEach(
        SteppedGuests guests, LunaticModule module, string function, Func<int, int> next, string? folder = null, Action<int>? seeOpenFiles = null)
    {
        // what stays for ever is made first
        guests.Spawn(module, function);
        guests.KillAll();
        for (int slices = 0; ; slices = next(slices))
        {
            string when = $"killed after {slices} slices";
            if (folder is not null)
                new DirectoryInfo(folder).GetFileSystemInfos().ToList().ForEach(static entry => Delete(entry));
            var witness = new Witness(guests.Environment);
            guests.RunUntilIdle();
            LunaticProcess root = guests.Spawn(module, function);
            witness.Observe(root);
            int taken = 0;
            while (taken < slices && !root.HasEnded && guests.Step())
                taken++;
            bool endedByItself = root.HasEnded;
            if (folder is not null)
                seeOpenFiles?.Invoke(Holdings.Of(guests.Environment, folder).Files);
            root.Kill();
            guests.RunUntilIdle();

            Holdings.AssertNothingOf(root, when);
            Assert.That(witness.MonitorNews, Is.EqualTo(1), $"{when}: news to the watcher");
            Assert.That(witness.LinkNews, Is.EqualTo(root.Completion.Result.IsFailure ? 1 : 0), $"{when}: news to the linked process");
            if (!endedByItself)
                Assert.That(root.Completion.Result, Is.EqualTo(ExitReason.Killed), when);
            LunaticProcess[] others = [.. guests.Environment.Processes];
            guests.KillAll();
            foreach (LunaticProcess other in others)
                Holdings.AssertNothingOf(other, when);
            Assert.That(Holdings.Of(guests.Environment, folder), Is.EqualTo(default(Holdings)), when);
            if (endedByItself)
                return taken;
        }
    }

    private static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo directory)
            directory.Delete(recursive: true);
        else
            entry.Delete();
    }
}
