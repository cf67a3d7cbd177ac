using Lunatic.Runtime.Tests.Wasi;

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>
/// A guest that is suspended and resumed at every single site does, in every mode, what it does without in the interpreter: output, exit reason, trap and
/// trace are the same.
/// </summary>
[TestFixture(ExecutionMode.Interpreted)]
[TestFixture(ExecutionMode.Compiled)]
[TestFixture(ExecutionMode.Tiered)]
public sealed class SteppedGuestTests(ExecutionMode mode)
{
    [TestCase("actors", "spawn", "5")]
    [TestCase("actors", "fanout", "5")]
    [TestCase("actors", "pingpong", "10")]
    [TestCase("actors", "ring", "5", "3")]
    [TestCase("actors", "fanin", "3", "4")]
    [TestCase("actors", "sleepers", "5", "20")]
    [TestCase("actors", "selective", "10")]
    [TestCase("actors", "payload", "2", "500")]
    [TestCase("actors", "skynet", "100")]
    [TestCase("supervised")]
    [TestCase("sandbox")]
    [TestCase("crash", "panic")]
    [TestCase("crash", "unreachable")]
    [TestCase("crash", "overflow")]
    [TestCase("crash", "oob")]
    [TestCase("crash", "exit")]
    [TestCase("crash", "stack")]
    [TestCase("crash", "memory")]
    [TestCase("compute", "fib", "12")]
    [TestCase("compute", "nbody", "20")]
    [TestCase("compute", "fannkuch", "5")]
    [TestCase("compute", "spectral", "5")]
    [TestCase("compute", "mandelbrot", "8")]
    [TestCase("compute", "sieve", "1000")]
    [TestCase("compute", "matmul", "8")]
    [TestCase("compute", "sort", "200")]
    [TestCase("compute", "hashmap", "100")]
    [TestCase("compute", "strings", "50")]
    [TestCase("compute", "vm", "500")]
    [TestCase("compute", "dyncall", "500")]
    public async Task It_makes_no_difference(string guest, params string[] arguments)
    {
        ProgramResult plain = await RunAsync(guest, arguments, everySite: false);
        ProgramResult stepped = await RunAsync(guest, arguments, everySite: true);
        AssertSame(plain, stepped);
    }

    [Test]
    public async Task It_makes_no_difference_to_files()
    {
        using var folder = new TemporaryFolder();
        Assert.That((await RunAsync("files", [folder.Path], everySite: true, folder.Path)).Output, Is.EqualTo(RustGuest.ExpectedOutput("files")));
    }

    [TestCase("""(module (func (export "go") (param i32) (if (i32.ne (local.get 0) (i32.const 41)) (then unreachable))))""")]
    [TestCase("(module (func (i32.const 1)))")]
    public async Task It_makes_no_difference_to_modules_compiled_at_run_time(string module)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "module.wat");
        await File.WriteAllTextAsync(file, module);
        AssertSame(
            await RunAsync("host", [file, "go"], everySite: false, folder.Path),
            await RunAsync("host", [file, "go"], everySite: true, folder.Path));
    }

    [TestCase("unreachable")]
    [TestCase("(drop (i32.div_s (i32.const 1) (i32.const 0)))")]
    [TestCase("(drop (i32.load (i32.const -1)))")]
    [TestCase("(memory.fill (i32.const 65535) (i32.const 0) (i32.const 2))")]
    [TestCase("(call $deep (i32.const 0))")]
    [TestCase("(call $error.drop (i64.const 7))")]
    [TestCase("(call $process.sleep_ms (i64.const 3)) unreachable")]
    [TestCase("(drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 3))) unreachable")]
    [TestCase("(drop (call $trap.catch (i32.const 1) (i32.const 0))) unreachable")]
    [TestCase("(call $process.kill (call $process.process_id)) (call $process.sleep_ms (i64.const 1))")]
    [TestCase("(call $exit (i32.const 5))")]
    [TestCase("(return (i32.const 6))")]
    [TestCase("(loop $again (br_if $again (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (i32.const 200)))) unreachable")]
    public async Task It_makes_no_difference_to_what_is_caught(string body)
    {
        string text = GuestModule.Write($$"""
            (func $deep (param i32) (call $deep (i32.add (local.get 0) (i32.const 1))) (drop (i32.load (i32.const 0))))
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32)
              (if (local.get 0) (then unreachable))
              {{body}}
              (local.get 1))
            (func $say (param i32)
              (i32.store (i32.const 0) (i32.const 8)) (i32.store (i32.const 4) (i32.const 1))
              (i32.store8 (i32.const 8) (i32.add (i32.const 48) (local.get 0)))
              (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16))))
            (func (export "main")
              (call $say (call $trap.catch (i32.const 0) (i32.const 1)))
              (call $say (call $trap.catch (i32.const 0) (i32.const 2)))
              (call $say (call $trap.catch (i32.const 1) (i32.const 3)))
              unreachable)
            """).Replace("(memory ", """
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (memory 
            """, StringComparison.Ordinal);
        await using var plain = new SteppedGuests(everySite: false, mode: ExecutionMode.Interpreted);
        await using var stepped = new SteppedGuests(everySite: true, mode: mode);
        ProgramResult expected = plain.RunToEnd(plain.Compile(text), "main");
        Assert.That(expected.Output.Length, Is.EqualTo(expected.Reason.Kind is ExitKind.Trapped ? 3 : 0));
        AssertSame(expected, stepped.RunToEnd(stepped.Compile(text), "main"));
    }

    [Test]
    public async Task Every_site_is_one_slice()
    {
        await using var plain = new SteppedGuests(
            everySite: false, configure: options => options.Arguments = ["compute", "fib", "12"], mode: ExecutionMode.Interpreted);
        await using var stepped = new SteppedGuests(
            everySite: true, configure: options => options.Arguments = ["compute", "fib", "12"], mode: mode);
        plain.RunToEnd(RustGuest.Load("compute"));
        stepped.RunToEnd(RustGuest.Load("compute"));
        Assert.That(plain.Slices, Is.LessThan(5));
        // fib(12) alone makes 465 calls: an entry each, and a way back from most
        Assert.That(stepped.Slices, Is.GreaterThan(800));
    }

    private async Task<ProgramResult> RunAsync(string guest, string[] arguments, bool everySite, string? directory = null)
    {
        await using var guests = new SteppedGuests(everySite: everySite, configure: options =>
        {
            options.Arguments = [guest, .. arguments];
            options.MaxMemory = 32 << 20;
            if (directory is not null)
                options.Directories = [new PreopenedDirectory(directory)];
        }, mode: everySite ? mode : ExecutionMode.Interpreted);
        return guests.RunToEnd(RustGuest.Load(guest));
    }

    private static void AssertSame(ProgramResult plain, ProgramResult stepped) => Assert.Multiple(() =>
    {
        Assert.That(RustGuest.WithoutTimes(stepped.Output), Is.EqualTo(RustGuest.WithoutTimes(plain.Output)));
        Assert.That(stepped.Error, Is.EqualTo(plain.Error));
        Assert.That(stepped.Reason.Kind, Is.EqualTo(plain.Reason.Kind));
        Assert.That(stepped.Reason.ToString(), Is.EqualTo(plain.Reason.ToString()));
        Assert.That(stepped.Code, Is.EqualTo(plain.Code));
    });
}
