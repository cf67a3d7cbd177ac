using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Error;

[TestFixture]
public sealed class ErrorApiTests
{
    private const string MakeError = """
        (data (i32.const 100) "no module")
        (func $fail (result i64)
          (call $report32 (call $process.compile_module (i32.const 100) (i32.const 9) (i32.const 200)))
          (i64.load (i32.const 200)))
        """;

    [Test]
    public async Task Its_text_is_written_as_long_as_its_size_says()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(MakeError + """
            (func (export "main") (local $id i64) (local $size i32)
              (local.set $id (call $fail))
              (local.set $size (call $error.string_size (local.get $id)))
              (call $error.to_string (local.get $id) (i32.const 300))
              (call $report32 (i32.gt_u (local.get $size) (i32.const 10)))
              (call $report32 (i32.ne (i32.load8_u (i32.add (local.get $size) (i32.const 299))) (i32.const 0)))
              (call $report32 (i32.load8_u (i32.add (local.get $size) (i32.const 300))))
              (call $error.drop (local.get $id))
              (call $report (call $fail)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 1, 1, 0, 1, 1 }));
    }

    [TestCase("(call $error.drop (local.get 0)) (call $error.drop (local.get 0))", "no error with id 0")]
    [TestCase("(drop (call $error.string_size (i64.const 1)))", "no error with id 1")]
    [TestCase("(call $error.to_string (i64.const -1) (i32.const 0))", "no error with id 18446744073709551615")]
    [TestCase("(call $error.to_string (local.get 0) (i32.const 65535))", "lies outside")]
    public async Task A_mistake_traps_and_is_named(string mistake, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync(MakeError + $"""(func (export "main") (local i64) (local.set 0 (call $fail)) {mistake})""");
        Assert.That(exit.Message, Does.Contain(message));
    }
}
