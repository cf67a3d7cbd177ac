using System.Diagnostics.Metrics;
using System.Text;
using Lunatic.Runtime.HostApi.Metrics;
using Lunatic.Runtime.Tests.Guests;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>What the application brings (logger, clock, streams, listeners) may fail: never does a worker, a timer or the host end by it.</summary>
[TestFixture]
public sealed class HostFailureTests
{
    private static async Task<LunaticProcess> SpawnAsync(LunaticRuntime runtime, LunaticEnvironment environment, string fields) =>
        await environment.SpawnAsync(await runtime.CompileAsync(Encoding.UTF8.GetBytes(GuestModule.Write(fields))), "main");

    [Test]
    public async Task A_logger_that_throws_changes_nothing()
    {
        var logger = new ThrowingLogger();
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 }, logger);
        LunaticEnvironment environment = runtime.CreateEnvironment();
        LunaticProcess survivor = environment.Spawn(static async context =>
        {
            context.TrapExit = true;
            Message died = await context.ReceiveAsync(5);
            context.Exit(died.DeathReason?.Kind is ExitKind.Trapped ? 3 : 4);
        });
        LunaticProcess guest = await SpawnAsync(runtime, environment, """(func (export "main") (call $process.sleep_ms (i64.const 30)) unreachable)""");
        survivor.Link(guest, tag: 5);
        LunaticProcess faulted = environment.Spawn(static _ => throw new InvalidOperationException("on purpose"));

        Assert.That((await GuestHost.WaitForEndAsync(guest)).Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(await GuestHost.WaitForEndAsync(survivor), Is.EqualTo(ExitReason.Exited(3)));
        Assert.That((await GuestHost.WaitForEndAsync(faulted)).Kind, Is.EqualTo(ExitKind.Faulted));
        Assert.That(logger.Thrown, Is.GreaterThan(1));
    }

    [Test]
    public async Task A_clock_that_throws_for_a_while_makes_timers_late_at_most()
    {
        var clock = new FailingClock();
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 2, TimeProvider = clock });
        LunaticEnvironment environment = runtime.CreateEnvironment();
        LunaticProcess sleeper = environment.Spawn(static async context => await context.SleepAsync(TimeSpan.FromMilliseconds(50)));
        clock.Fails = true;
        LunaticProcess victim = await SpawnAsync(runtime, environment, """(func (export "main") (call $process.sleep_ms (i64.const 1)))""");
        ExitReason reason = await GuestHost.WaitForEndAsync(victim);
        Assert.That(reason.Kind, Is.EqualTo(ExitKind.Trapped).Or.EqualTo(ExitKind.Faulted));
        Assert.That(reason.Exception, Is.TypeOf<TimeZoneNotFoundException>());
        Assert.That(() => clock.Failures, Is.GreaterThan(1).After(10_000, 5), "uses of the clock while it fails");
        clock.Fails = false;

        // whoever sets a timer now gets the others going, too
        LunaticProcess second = environment.Spawn(static async context => await context.SleepAsync(TimeSpan.FromMilliseconds(1)));
        ExitReason[] reasons = [await GuestHost.WaitForEndAsync(second), await GuestHost.WaitForEndAsync(sleeper)];
        // the sleeper may have asked the clock in vain itself
        Assert.That(reasons[0], Is.EqualTo(ExitReason.Returned));
        Assert.That(reasons[1].Kind, Is.EqualTo(ExitKind.Returned).Or.EqualTo(ExitKind.Faulted));
    }

    [Test]
    public async Task Standard_streams_that_throw_are_an_error_or_the_end_of_the_guest_that_uses_them()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        LunaticEnvironment environment = runtime.CreateEnvironment(new EnvironmentOptions { StandardOutput = new FailingStream(), StandardInput = new FailingStream() });
        LunaticProcess guest = await environment.SpawnAsync(await runtime.CompileAsync("""
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\40\00\00\00\04\00\00\00")
              (func (export "_start")
                (if (i32.ne (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 16)) (i32.const 29)) (then (call $exit (i32.const 1))))
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
                (call $exit (i32.const 2))))
            """u8.ToArray()));
        ExitReason exit = await GuestHost.WaitForEndAsync(guest);
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped), exit.ToString());
        Assert.That(exit.Message, Is.EqualTo("wasi_snapshot_preview1::fd_write: no such stream"));
        Assert.That(exit.Exception, Is.TypeOf<TimeZoneNotFoundException>());
    }

    [Test]
    public async Task A_listener_of_metrics_that_throws_ends_the_guest_that_counted()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        LunaticEnvironment environment = runtime.CreateEnvironment();
        GuestMetrics metrics = runtime.HostServices.Metrics;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, published) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter))
                published.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new TimeZoneNotFoundException("no such listener"));
        listener.Start();
        ExitReason exit = await GuestHost.WaitForEndAsync(await SpawnAsync(runtime, environment, """(func (export "main") (call $report (i64.const 1)))"""));
        Assert.That(exit.Message, Is.EqualTo("lunatic::metrics::counter: no such listener"));
    }

    [Test]
    public async Task Messages_for_later_go_with_their_environment()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        LunaticEnvironment other = runtime.CreateEnvironment();
        LunaticProcess kept = other.Spawn(static async context => await context.ReceiveAsync());
        kept.SendAfter(TimeSpan.FromDays(1), new Message(1, []));
        LunaticEnvironment environment = runtime.CreateEnvironment();
        LunaticProcess receiver = environment.Spawn(static async context => await context.ReceiveAsync());
        Assert.That(receiver.Id.LocalId, Is.EqualTo(1), "the guest sends to process 1");
        LunaticProcess guest = await SpawnAsync(runtime, environment, """
            (func $later (param i64 i64) (call $message.create_data (i64.const 0) (i64.const 0)) (drop (call $timer.send_after (local.get 0) (local.get 1))))
            (func (export "main") (call $later (i64.const 1) (i64.const 10000000)) (call $later (i64.const 77) (i64.const -1)))
            """);
        await GuestHost.WaitForEndAsync(guest);
        // what goes to nobody needs no timer
        Assert.That(runtime.Timers.Count, Is.EqualTo(2));
        await environment.DisposeAsync();
        Assert.That(runtime.Timers.Count, Is.EqualTo(1));
    }

    private sealed class FailingClock : TimeProvider
    {
        private int _failures;

        public volatile bool Fails;

        public int Failures => Volatile.Read(ref _failures);

        public override long GetTimestamp()
        {
            if (!Fails)
                return System.GetTimestamp();
            Interlocked.Increment(ref _failures);
            throw new TimeZoneNotFoundException("no such time");
        }
    }

    private sealed class FailingStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new TimeZoneNotFoundException("no such stream");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new TimeZoneNotFoundException("no such stream");
    }

    private sealed class ThrowingLogger : ILoggerFactory, ILogger
    {
        private int _thrown;

        public int Thrown => Volatile.Read(ref _thrown);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning || Throw();

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Throw();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }

        private bool Throw()
        {
            Interlocked.Increment(ref _thrown);
            throw new InvalidOperationException("no such log");
        }
    }
}
