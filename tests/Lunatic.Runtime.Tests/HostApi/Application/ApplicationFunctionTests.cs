using System.Text;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Application;

[TestFixture]
public sealed class ApplicationFunctionTests
{
    [Test]
    public async Task Numbers_go_there_and_back()
    {
        (ExitReason exit, long[] reports) = await ApplicationGuest.RunAsync(
            (int a, uint b, long c, ulong d, float e, double f, bool g) => a + b + c + (long)d + (long)e + (long)f + (g ? 1 : 0),
            "(param i32 i32 i64 i64 f32 f64 i32) (result i64)",
            "(call $report (call $f (i32.const -1) (i32.const -1) (i64.const 10) (i64.const 20) (f32.const 1.5) (f64.const 2.5) (i32.const 7)))");

        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new[] { -1L + uint.MaxValue + 10 + 20 + 1 + 2 + 1 }));
    }

    [Test]
    public async Task A_tuple_is_several_results()
    {
        (ExitReason exit, long[] reports) = await ApplicationGuest.RunAsync(
            (long a, long b) => (a / b, a % b),
            "(param i64 i64) (result i64 i64)",
            "(call $f (i64.const 17) (i64.const 5)) (call $report) (call $report)");

        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 2, 3 }));
    }

    [Test]
    public async Task Text_and_bytes_are_pointers_with_lengths()
    {
        List<string> seen = [];
        (ExitReason exit, long[] reports) = await ApplicationGuest.RunAsync(
            (string text, byte[] copy, ReadOnlyMemory<byte> memory, ReadOnlySpan<byte> view, Span<byte> output) =>
            {
                seen.AddRange([text, Encoding.UTF8.GetString(copy), Encoding.UTF8.GetString(memory.Span), Encoding.UTF8.GetString(view)]);
                output.Fill(9);
            },
            "(param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)",
            """
            (call $f (i32.const 16) (i32.const 2) (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 2) (i32.const 1) (i32.const 2) (i32.const 100) (i32.const 2))
            (call $report32 (i32.load (i32.const 99)))
            """);

        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(seen, Is.EqualTo(new[] { "é", "key", "ke", "ey" }));
        Assert.That(reports, Is.EqualTo(new long[] { 0x090900 }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_result_of_bytes_goes_into_a_buffer_of_the_guest_if_it_fits(bool isAsync)
    {
        Func<int, string?> now = length => length < 0 ? null : new string('x', length);
        Func<int, Task<string?>> later = async length =>
        {
            await Task.Yield();
            return now(length);
        };
        (ExitReason exit, long[] reports) = await ApplicationGuest.RunAsync(
            isAsync ? later : now,
            "(param i32 i32 i32) (result i32)",
            """
            (call $report32 (call $f (i32.const 3) (i32.const 100) (i32.const 4))) (call $report32 (i32.load (i32.const 100)))
            (call $report32 (call $f (i32.const 5) (i32.const 200) (i32.const 4))) (call $report32 (i32.load (i32.const 200)))
            (call $report32 (call $f (i32.const -1) (i32.const 300) (i32.const 4)))
            """);

        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 3, 0x787878, 5, 0, uint.MaxValue }));
    }

    [TestCase("(i32.const 65536) (i32.const 1)", "outside the memory", TestName = "A_range_beyond_the_memory_traps")]
    [TestCase("(i32.const -1) (i32.const -1)", "outside the memory", TestName = "A_range_that_wraps_traps")]
    [TestCase("(i32.const 32) (i32.const 1)", "UTF-8", TestName = "Text_that_is_not_UTF_8_traps")]
    public async Task What_a_guest_passes_wrongly_traps(string arguments, string message)
    {
        int calls = 0;
        (ExitReason exit, _) = await ApplicationGuest.RunAsync((string _) => { calls++; }, "(param i32 i32)", $"(call $f {arguments})");

        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Does.Contain("app::test::f").And.Contain(message));
        Assert.That(exit.Exception, Is.Null);
        Assert.That(calls, Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_buffer_outside_of_the_memory_traps_before_the_function_is_called(bool isAsync)
    {
        int calls = 0;
        Func<string> now = () => (++calls).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Func<Task<string>> later = () => Task.FromResult(now());
        (ExitReason exit, _) = await ApplicationGuest.RunAsync(isAsync ? later : now, "(param i32 i32) (result i32)", "(drop (call $f (i32.const 65530) (i32.const 7)))");

        Assert.That(exit.Message, Does.Contain("outside the memory"));
        Assert.That(calls, Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_exception_is_a_trap_with_the_exception_inside(bool isAsync)
    {
        var failure = new InvalidDataException("no such luck");
        Func<int> now = () => throw failure;
        Func<Task<int>> later = async () =>
        {
            await Task.Yield();
            throw failure;
        };
        (ExitReason exit, _) = await ApplicationGuest.RunAsync(isAsync ? later : now, "(result i32)", "(drop (call $f))");

        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Does.Contain("no such luck"));
        Assert.That(exit.Exception, Is.SameAs(failure));
        Assert.That(exit.Stack, Is.Not.Empty);
    }

    [Test]
    public async Task A_function_knows_who_calls_it()
    {
        LunaticProcess? process = null;
        LunaticEnvironment? environment = null;
        byte first = 0;
        await using GuestHost host = ApplicationGuest.Host((HostCaller caller) =>
        {
            (process, environment, first) = (caller.Process, caller.Environment, caller.Memory[0]);
        });
        LunaticProcess guest = await host.Environment.SpawnAsync(await host.CompileAsync(ApplicationGuest.Write("", "(call $f)")), "main");

        Assert.That(await GuestHost.WaitForEndAsync(guest), Is.EqualTo(ExitReason.Returned));
        Assert.That(process, Is.SameAs(guest));
        Assert.That(environment, Is.SameAs(host.Environment));
        Assert.That(first, Is.EqualTo((byte)'k'));
    }

    [Test]
    public async Task Memory_is_out_of_reach_once_the_function_has_returned_and_in_asynchronous_ones()
    {
        HostCaller? kept = null;
        (ExitReason sync, _) = await ApplicationGuest.RunAsync((HostCaller caller) => { kept = caller; }, "", "(call $f)");
        (ExitReason async, _) = await ApplicationGuest.RunAsync((HostCaller caller) => Task.FromResult((int)caller.Memory[0]), "(result i32)", "(drop (call $f))");

        Assert.That(sync, Is.EqualTo(ExitReason.Returned));
        Assert.That(() => kept!.Memory.Length, Throws.InvalidOperationException);
        Assert.That(async.Exception, Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public async Task Processes_are_passed_by_number()
    {
        (ExitReason exit, long[] reports) = await ApplicationGuest.RunAsync(
            (ProcessId id, LunaticProcess process, HostCaller caller) => process.Id == id && caller.Process == process ? process : null,
            "(param i64 i64) (result i64)",
            "(call $report (i64.sub (call $f (call $process.process_id) (call $process.process_id)) (call $process.process_id)))");

        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0 }));
    }

    [Test]
    public async Task An_unknown_process_is_null_or_a_trap()
    {
        (ExitReason nullable, long[] reports) = await ApplicationGuest.RunAsync((LunaticProcess? process) => process is null, "(param i64) (result i32)", "(call $report32 (call $f (i64.const 999)))");
        (ExitReason exact, _) = await ApplicationGuest.RunAsync((LunaticProcess process) => process is null, "(param i64) (result i32)", "(call $report32 (call $f (i64.const 999)))");

        Assert.That(nullable, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1 }));
        Assert.That(exact.Message, Does.Contain("999"));
    }

    [Test]
    public async Task A_guest_that_waits_can_be_killed_and_the_function_is_told()
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using GuestHost host = ApplicationGuest.Host(async (CancellationToken ended) =>
        {
            using CancellationTokenRegistration registration = ended.Register(told.SetResult);
            called.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, ended);
        });
        LunaticProcess guest = await host.Environment.SpawnAsync(await host.CompileAsync(ApplicationGuest.Write("", "(call $f)")), "main");
        await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
        guest.Kill();

        Assert.That(await GuestHost.WaitForEndAsync(guest), Is.EqualTo(ExitReason.Killed));
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task A_namespace_that_the_environment_does_not_allow_traps_when_it_is_called()
    {
        (ExitReason refused, _) = await ApplicationGuest.RunAsync(() => 1, "(result i32)", "(drop (call $f))", new EnvironmentOptions { AllowedNamespaces = { "lunatic::metrics" } });
        (ExitReason allowed, _) = await ApplicationGuest.RunAsync(() => 1, "(result i32)", "(drop (call $f))", new EnvironmentOptions { AllowedNamespaces = { "app::test" } });

        Assert.That(refused.Message, Does.Contain("not allowed"));
        Assert.That(allowed, Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public async Task A_guest_waits_for_a_value_that_another_puts()
    {
        var functions = new HostFunctionCollection { new KeyValueFunctions(TimeProvider.System) };
        await using var host = new GuestHost(hostFunctions: functions);
        string imports = """
            (import "app::kv" "put" (func $put (param i32 i32 i32 i32)))
            (import "app::kv" "get" (func $get (param i32 i32 i32 i32) (result i32)))
            (import "app::kv" "wait_for" (func $wait_for (param i32 i32 i32 i32) (result i32)))
            (import "app::kv" "owner" (func $owner (result i64)))
            (memory (export
            """;
        LunaticModule module = await host.CompileAsync(GuestModule.Write("""
              (data (i32.const 0) "keyvalue")
              (func (export "wait")
                (call $report32 (call $get (i32.const 0) (i32.const 3) (i32.const 100) (i32.const 8)))
                (call $report32 (call $wait_for (i32.const 0) (i32.const 3) (i32.const 100) (i32.const 8)))
                (call $report (i64.load (i32.const 100)))
                (call $report (i64.extend_i32_u (i64.eq (call $owner) (call $process.process_id)))))
              (func (export "put") (call $put (i32.const 0) (i32.const 3) (i32.const 3) (i32.const 5)))
            """).Replace("(memory (export", imports, StringComparison.Ordinal));
        LunaticProcess waiting = await host.Environment.SpawnAsync(module, "wait");
        await host.WaitForReportsAsync(1);
        await host.Environment.SpawnAsync(module, "put");

        Assert.That(await GuestHost.WaitForEndAsync(waiting), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new[] { uint.MaxValue, 5, BitConverter.ToInt64("value\0\0\0"u8), 1 }));
    }
}
