using System.Text;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Tests.Wasi;

public sealed class GuestOutputTests
{
    private const string Printing = """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 8) "\40\00\00\00\05\00\00\00\45\00\00\00\04\00\00\00")
          (data (i32.const 64) "one\0at" "wo\0a3")
          (func (export "main")
            (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 0)))
            (drop (call $write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 0)))))
        """;

    private static async Task RunAsync(LunaticRuntime runtime, EnvironmentOptions options)
    {
        LunaticEnvironment environment = runtime.CreateEnvironment(options);
        LunaticModule module = await runtime.CompileAsync(Encoding.UTF8.GetBytes(Printing));
        LunaticProcess process = await environment.SpawnAsync(module, "main");
        Assert.That(await process.Completion.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public async Task What_guests_print_reaches_the_mailbox_of_a_process()
    {
        await using var runtime = new LunaticRuntime();
        List<(long Tag, string Text)> received = [];
        LunaticProcess collector = runtime.CreateEnvironment().Spawn(async context =>
        {
            for (int i = 0; i < 2; i++)
            {
                Message message = (await context.ReceiveAsync())!;
                received.Add((message.Tag, Encoding.UTF8.GetString(message.Data.Span)));
            }
        });
        await RunAsync(runtime, new EnvironmentOptions { ProcessOutput = _ => GuestOutput.ToProcess(collector, tag: 5) });
        await collector.Completion.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(received, Is.EqualTo(new[] { (5L, "one\nt"), (5L, "wo\n3") }));
    }

    [Test]
    public async Task What_guests_print_is_logged_line_by_line()
    {
        await using var runtime = new LunaticRuntime();
        using var factory = new LineLogger();
        using (Stream log = GuestOutput.ToLog(factory, LogLevel.Warning))
        {
            await RunAsync(runtime, new EnvironmentOptions { StandardOutput = log });
            Assert.That(factory.Lines, Is.EqualTo(new[] { "Warning one", "Warning two" }));
        }
        Assert.That(factory.Lines[^1], Is.EqualTo("Warning 3"));
    }

    [Test]
    public void A_line_without_end_is_logged_in_parts()
    {
        using var factory = new LineLogger();
        using Stream log = GuestOutput.ToLog(factory);
        log.Write(new byte[40_000]);
        Assert.That(factory.Lines, Has.Count.EqualTo(2));
    }

    private sealed class LineLogger : ILogger, IDisposable
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
