using System.Text.RegularExpressions;

namespace Lunatic.Cli.Tests;

/// <summary>`lunatic run`: what a guest gets, and what its end is for the caller.</summary>
[TestFixture]
public sealed class RunCommandTests : CommandTestBase
{
    // prints its arguments and its environment, an entry a line
    private const string Surroundings = """
        (module
          (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 4)
          (func $print (param $count i32) (param $bytes i32) (local $at i32)
            (local.set $at (i32.const 65536))
            (block $done (loop $next
              (br_if $done (i32.ge_u (local.get $at) (i32.add (i32.const 65536) (local.get $bytes))))
              (if (i32.eqz (i32.load8_u (local.get $at))) (then (i32.store8 (local.get $at) (i32.const 10))))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (br $next)))
            (i32.store (i32.const 0) (i32.const 65536))
            (i32.store (i32.const 4) (local.get $bytes))
            (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16))))
          (func (export "_start")
            (drop (call $args_sizes (i32.const 0) (i32.const 4)))
            (drop (call $args (i32.const 32) (i32.const 65536)))
            (call $print (i32.load (i32.const 0)) (i32.load (i32.const 4)))
            (drop (call $environ_sizes (i32.const 0) (i32.const 4)))
            (drop (call $environ (i32.const 32) (i32.const 65536)))
            (call $print (i32.load (i32.const 0)) (i32.load (i32.const 4)))))
        """;

    // copies standard input to standard output
    private const string Cat = """
        (module
          (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "_start")
            (loop $again
              (i32.store (i32.const 0) (i32.const 64))
              (i32.store (i32.const 4) (i32.const 1000))
              (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
              (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
              (br_if $again (i32.load (i32.const 4))))))
        """;

    // opens the file `there` in the directories with descriptors 4 and 3; exits with the error numbers, the latter times 100
    private const string Open = """
        (module
          (import "wasi_snapshot_preview1" "path_open" (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "there")
          (func $open (param $directory i32) (result i32)
            (call $path_open (local.get $directory) (i32.const 0) (i32.const 0) (i32.const 5) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 64)))
          (func (export "_start") (call $exit (i32.add (call $open (i32.const 4)) (i32.mul (call $open (i32.const 3)) (i32.const 100))))))
        """;

    [Test]
    public async Task A_guest_that_returns_is_a_success()
    {
        Write("hello.wat", Hello);
        Assert.That(await RunAsync("run", "hello.wat"), Is.EqualTo(new CommandResult(0, "hello\n", "")));
    }

    [Test]
    public async Task Run_is_implied()
    {
        Write("hello.wat", Hello);
        Assert.That(await RunAsync("hello.wat"), Is.EqualTo(new CommandResult(0, "hello\n", "")));
    }

    [TestCase(0, 0, "")]
    [TestCase(3, 3, "Process 1 failed, notifying: 0 links")]
    [TestCase(255, 255, "exited with code 255")]
    [TestCase(256 + 7, 7, "exited with code 263")]
    public async Task An_exit_code_is_the_exit_status(int code, int status, string error)
    {
        Write("exit.wat", $"""(module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32))) (memory (export "memory") 1) (func (export "_start") (call $exit (i32.const {code}))))""");
        CommandResult result = await RunAsync("exit.wat");
        Assert.That(result.Status, Is.EqualTo(status));
        Assert.That(result.Error, error.Length == 0 ? Is.Empty : Does.Contain(error));
    }

    [Test]
    public async Task A_trap_is_told_with_reason_and_calls()
    {
        Write("trap.wat", """
            (module
              (memory 1)
              (func $innermost (drop (i32.load (i32.const -1))))
              (func $middle (call $innermost))
              (func $start (export "_start") (call $middle)))
            """);
        CommandResult result = await RunAsync("trap.wat");
        Assert.That(result.Status, Is.EqualTo(134));
        Assert.That(result.Output, Is.Empty);
        string[] lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(5), result.Error);
        Assert.That(lines[0], Is.EqualTo("[warn] Process 1 failed, notifying: 0 links"));
        Assert.That(lines[1], Is.EqualTo("[warn] Process 1: out of bounds memory access"));
        Assert.That(lines[2], Does.Match(new Regex(@"^    at innermost \(function 0, offset 0x[0-9a-f]+\)$")));
        Assert.That(lines[3], Does.StartWith("    at middle (function 1, "));
        Assert.That(lines[4], Does.StartWith("    at start (function 2, "));
    }

    [Test]
    public async Task A_trap_in_a_linked_child_counts_the_links()
    {
        Write("link.wat", """
            (module
              (import "lunatic::process" "spawn" (func $spawn (param i64 i64 i64 i32 i32 i32 i32 i32) (result i32)))
              (import "lunatic::process" "sleep_ms" (func $sleep (param i64)))
              (memory (export "memory") 1)
              (data (i32.const 0) "child")
              (func (export "child") unreachable)
              (func (export "_start")
                (drop (call $spawn (i64.const 1) (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 64)))
                (call $sleep (i64.const -1))))
            """);
        CommandResult result = await RunAsync("link.wat");
        Assert.That(result.Status, Is.EqualTo(134));
        Assert.That(result.Error, Does.StartWith("[warn] Process 2 failed, notifying: 1 links\n[warn] Process 2: unreachable\n"));
    }

    [Test]
    public async Task Arguments_and_variables_reach_the_guest()
    {
        Write("args.wat", Surroundings);
        CommandResult result = await RunAsync("--env", "FIRST=1=2", "--env", "LUNATIC_TEST_HOST", "--env", "NOT_THERE", "--bench", "args.wat", "one", "--", "--two", "-3", "");
        Assert.That(result.Status, Is.Zero);
        string[] lines = result.Output.Split('\n');
        Assert.That(lines.Take(6), Is.EqualTo(new[] { "args.wat", "one", "--two", "-3", "", "--bench" }));
        Assert.That(lines.Skip(6), Does.Contain("FIRST=1=2").And.Contain("LUNATIC_TEST_HOST=host value").And.No.Member("NOT_THERE="));
    }

    [Test]
    public async Task Standard_input_reaches_the_guest()
    {
        Write("cat.wat", Cat);
        string input = string.Concat(Enumerable.Range(0, 1000).Select(number => $"line {number}\n"));
        Assert.That(await RunWithInputAsync(input, "cat.wat"), Is.EqualTo(new CommandResult(0, input, "")));
    }

    [Test]
    public async Task The_current_directory_and_those_named_are_open()
    {
        Write("open.wat", Open);
        Write("there", "in the current directory");
        Directory.CreateDirectory(Path.Combine(Folder, "other"));
        Assert.That((await RunAsync("open.wat")).Status, Is.EqualTo(8), "there is no descriptor 4 (8 is badf)");
        Assert.That((await RunAsync("--dir", "other", "open.wat")).Status, Is.EqualTo(44), "nothing in `other` (44 is noent)");
        Write(Path.Combine("other", "there"), "in another one");
        Assert.That((await RunAsync("run", "--dir=other::/data", "open.wat")).Status, Is.Zero);
    }
}
