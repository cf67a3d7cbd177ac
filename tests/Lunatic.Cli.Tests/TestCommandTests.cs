using System.Text.RegularExpressions;
using Lunatic.Cli.Testing;

namespace Lunatic.Cli.Tests;

/// <summary>`lunatic test`, and the same by way of cargo.</summary>
[TestFixture]
public sealed partial class TestCommandTests : CommandTestBase
{
    // $say writes a text to standard error; a panic is that and a trap
    private const string Tests = """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (import "lunatic::process" "spawn" (func $spawn (param i64 i64 i64 i32 i32 i32 i32 i32) (result i32)))
          (import "lunatic::process" "process_id" (func $self (result i64)))
          (import "lunatic::process" "kill" (func $kill (param i64)))
          (import "lunatic::process" "sleep_ms" (func $sleep (param i64)))
          (memory (export "memory") 1)
          (data (i32.const 100) "thread 'main' panicked at 'old boom', src/lib.rs:1:2\n")
          (data (i32.const 200) "\nthread 'main' panicked at src/lib.rs:1:2:\nnew boom\nsecond line\nnote: run with `RUST_BACKTRACE=1`\n")
          (data (i32.const 400) "hello\n")
          (data (i32.const 420) "child")
          (func $say (param i32 i32)
            (i32.store (i32.const 0) (local.get 0))
            (i32.store (i32.const 4) (local.get 1))
            (drop (call $fd_write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 16))))
          (func $old (call $say (i32.const 100) (i32.const 53)) unreachable)
          (func $new (call $say (i32.const 200) (i32.const 98)) unreachable)
          (func (export "child") (call $say (i32.const 400) (i32.const 6)))
          (func (export "#lunatic_test_mod::passes") (call $say (i32.const 400) (i32.const 6)))
          (func (export "#lunatic_test_#panic_old bo#mod::old_panic") (call $old))
          (func (export "#lunatic_test_#panic_boom\nsecond#mod::new_panic") (call $new))
          (func (export "#lunatic_test_#panic_#mod::any_failure") unreachable)
          (func (export "#lunatic_test_#ignore_mod::ignored") unreachable)
          (func (export "helper") unreachable))
        """;

    private const string Failures = """
          (func (export "#lunatic_test_fail::panics") (call $new))
          (func (export "#lunatic_test_fail::traps") unreachable)
          (func (export "#lunatic_test_fail::killed") (call $kill (call $self)) (call $sleep (i64.const -1)))
          (func (export "#lunatic_test_#panic_x#fail::no_panic"))
          (func (export "#lunatic_test_#panic_other \\##fail::wrong_panic") (call $old))
          (func (export "#lunatic_test_fail::children")
            (call $say (i32.const 400) (i32.const 6))
            (drop (call $spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 420) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 32)))
            (call $sleep (i64.const 300))
            unreachable))
        """;

    [Test]
    public async Task Tests_that_pass_are_told_and_summed_up()
    {
        Write("tests.wat", Tests);
        CommandResult result = await RunAsync("test", "tests.wat");
        string output = Plain(result.Output);
        Assert.That(result.Status, Is.Zero, output + result.Error);
        Assert.That(output, Does.StartWith("\nrunning 5 tests\n"));
        Assert.That(output.Split('\n'), Is.SupersetOf(new[]
        {
            "test mod::passes ... ok", "test mod::old_panic - should panic ... ok", "test mod::new_panic - should panic ... ok",
            "test mod::any_failure - should panic ... ok", "test mod::ignored ... ignored",
        }));
        Assert.That(output, Does.Match(@"\ntest result: ok\. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in \d+\.\d\ds\n\n$"));
        Assert.That(output, Does.Not.Contain("hello"), "what tests that pass have written is not shown");
    }

    [Test]
    public async Task Failures_are_told_with_their_output_and_a_note()
    {
        Write("tests.wat", Tests[..^1] + Failures);
        CommandResult result = await RunAsync("test", "tests.wat", "fail::");
        string output = Plain(result.Output);
        Assert.That(result.Status, Is.EqualTo(1), output + result.Error);
        Assert.That(output, Does.Contain("\nrunning 6 tests\n").And.Contain("test fail::panics ... FAILED\n").And.Contain("0 passed; 6 failed; 0 ignored; 0 measured; 5 filtered out"));
        Assert.That(output, Does.Contain("---- fail::panics stdout ----\n\nthread 'main' panicked at src/lib.rs:1:2:\nnew boom\n"));
        Assert.That(output, Does.Contain("---- fail::traps stdout ----\nnote: the test failed without a panic: unreachable\n"));
        Assert.That(output, Does.Contain("---- fail::killed stdout ----\nnote: the test's process was killed\n"));
        Assert.That(output, Does.Contain("---- fail::no_panic stdout ----\nnote: test did not panic as expected\n"));
        Assert.That(output, Does.Contain("panic message: `old boom`,\n expected substring: `other #`"));
        Assert.That(output, Does.Contain("---- fail::children stdout ----\n --- process 1 stdout ---\nhello\n --- process 2 stdout ---\nhello\n"));
        Assert.That(output, Does.Contain("\nfailures:\n    fail::children\n    fail::killed\n"));
    }

    [TestCase(new[] { "passes" }, "running 1 tests")]
    [TestCase(new[] { "mod::passes", "--exact" }, "running 1 tests")]
    [TestCase(new[] { "passes", "--exact" }, "running 0 tests")]
    [TestCase(new[] { "--ignored" }, "running 1 tests")]
    public async Task Tests_are_chosen(string[] options, string expected)
    {
        Write("tests.wat", Tests);
        Assert.That(Plain((await RunAsync(["test", "tests.wat", .. options])).Output), Does.Contain(expected));
    }

    [Test]
    public async Task Tests_are_listed()
    {
        Write("tests.wat", Tests);
        CommandResult result = await RunAsync("test", "tests.wat", "--list", "--format", "terse");
        Assert.That(result, Is.EqualTo(new CommandResult(0, "mod::passes: test\nmod::old_panic: test\nmod::new_panic: test\nmod::any_failure: test\nmod::ignored: test\n", "")));
        Assert.That((await RunAsync("test", "tests.wat", "--list")).Status, Is.EqualTo(2));
    }

    [Test]
    public async Task Output_is_shown_when_asked_for()
    {
        Write("tests.wat", Tests);
        Assert.That((await RunAsync("test", "tests.wat", "passes", "--nocapture")).Output, Does.Contain("hello\n"));
        Assert.That(Plain((await RunAsync("test", "tests.wat", "passes", "--show-output")).Output), Does.Contain("successes:\n\n---- mod::passes stdout ----\nhello\n"));
    }

    [TestCase("/p/target/wasm32-wasi/debug/deps/x-1.wasm", true)]
    [TestCase("/p/target/wasm32-wasip1/release/deps/x-1.wasm", true)]
    [TestCase("/p/target/wasm32-unknown-unknown/debug/deps/x.wasm", true)]
    [TestCase("/p/target/wasm32-wasi/debug/x.wasm", false)]
    [TestCase("target/wasm32-wasi/debug/deps/x.wasm", false)]
    public void Cargo_runs_test_executables_as_tests(string file, bool isTest)
    {
        Assert.That(CargoTest.ApplyUnderCargo(["run", file, "filter"]), Is.EqualTo(new[] { isTest ? "test" : "run", file, "filter" }));
        Assert.That(CargoTest.ApplyUnderCargo(["run", file, "--bench"])[0], Is.EqualTo("run"));
    }

    [Test]
    public async Task A_test_without_end_of_its_text_is_named()
    {
        Write("tests.wat", """(module (func (export "#lunatic_test_#panic_no end")))""");
        CommandResult result = await RunAsync("test", "tests.wat");
        Assert.That((result.Status, result.Error), Is.EqualTo((1, "lunatic: tests.wat: the exported test \"#lunatic_test_#panic_no end\" has no # behind the text of its panic\n")));
    }

    private static string Plain(string output) => Colours().Replace(output, "");

    [GeneratedRegex(@"\e\[[0-9]+m")]
    private static partial Regex Colours();
}
