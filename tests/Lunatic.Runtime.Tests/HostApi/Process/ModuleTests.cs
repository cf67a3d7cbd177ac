using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Process;

[TestFixture]
public sealed class ModuleTests
{
    [Test]
    public async Task A_module_compiled_at_run_time_runs()
    {
        await using var host = new GuestHost();
        const string Other = """(module (import "lunatic::process" "kill" (func $kill (param i64))) (func (export "go") (param i32) (call $kill (i64.const 1))))""";
        ExitReason exit = await host.RunMainAsync($$"""
            (data (i32.const 1000) "{{Other.Replace("\"", "\\22", StringComparison.Ordinal)}}")
            (data (i32.const 100) "go\7f\29\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")
            (func (export "main")
              (call $report32 (call $process.compile_module (i32.const 1000) (i32.const {{Other.Length}}) (i32.const 200)))
              (call $report32 (call $process.spawn (i64.const 0) (i64.const -1) (i64.load (i32.const 200)) (i32.const 100) (i32.const 2) (i32.const 102) (i32.const 17) (i32.const 208)))
              (call $process.drop_module (i64.load (i32.const 200)))
              (call $process.sleep_ms (i64.const -1)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Killed));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 0, 0 }));
    }

    [TestCase("(module (import \"lunatic::process\" \"fly\" (func)))", "lunatic::process")]
    [TestCase("(module (import \"lunatic::process\" \"kill\" (func)))", "kill")]
    [TestCase("\\00asm", "")]
    [TestCase("(module (func (i32.const 1)))", "")]
    public async Task What_is_no_module_is_an_error(string module, string text)
    {
        await using var host = new GuestHost();
        string escaped = module.Replace("\"", "\\22", StringComparison.Ordinal);
        ExitReason exit = await host.RunMainAsync($$"""
            (data (i32.const 1000) "{{escaped}}")
            (func (export "main")
              (call $report32 (call $process.compile_module (i32.const 1000) (i32.const {{module.Replace("\\00", "x", StringComparison.Ordinal).Length}}) (i32.const 200)))
              (call $error.to_string (i64.load (i32.const 200)) (i32.const 2000))
              (call $report32 (call $error.string_size (i64.load (i32.const 200))))
              (call $message.create_data (i64.const 0) (i64.const 0))
              (drop (call $message.write_data (i32.const 2000) (call $error.string_size (i64.load (i32.const 200)))))
              (call $error.drop (i64.load (i32.const 200))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned), text);
        Assert.That(host.Reports[0], Is.EqualTo(1));
        Assert.That(host.Reports[1], Is.GreaterThan(10));
    }

    [TestCase("(drop (call $process.compile_module (i32.const 1) (i32.const -1) (i32.const 200)))", "lies outside")]
    [TestCase("(drop (call $process.compile_module (i32.const 100) (i32.const 8) (i32.const 65530)))", "lunatic::process::compile_module: pointer 0xfffa with length 8 lies outside")]
    [TestCase("(call $process.drop_module (i64.const 0))", "no module with id 0")]
    public async Task A_mistake_traps_and_is_named(string mistake, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync($"""
            (data (i32.const 100) "(module)")
            (func (export "main") {mistake})
            """);
        Assert.That(exit.Message, Does.Contain(message));
    }
}
