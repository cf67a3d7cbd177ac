using Lunatic.Runtime.Testing;

namespace Lunatic.Runtime.Tests;

/// <summary>A runtime with one environment per test. All tests run on real workers and on the deterministic scheduler.</summary>
[TestFixture(SchedulerKind.Workers)]
[TestFixture(SchedulerKind.Deterministic)]
public abstract class KernelFixture(SchedulerKind kind)
{
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private DeterministicRuntime? _deterministic;

    protected SchedulerKind Kind { get; } = kind;

    protected LunaticRuntime Runtime { get; private set; } = null!;

    protected LunaticEnvironment Environment { get; private set; } = null!;

    private protected RecordingLogger Logs { get; private set; } = null!;

    [SetUp]
    public void CreateRuntime()
    {
        Logs = new RecordingLogger();
        var options = new LunaticRuntimeOptions { Workers = 2 };
        if (Kind is SchedulerKind.Deterministic)
        {
            _deterministic = new DeterministicRuntime(new DeterministicOptions
            {
                Seed = 7,
                Runtime = options,
                LoggerFactory = Logs,
                AllowOutsideWork = true,
                MaxSteps = int.MaxValue,
                MaxTime = TimeSpan.MaxValue,
            });
            Runtime = _deterministic.Runtime;
        }
        else
        {
            Runtime = new LunaticRuntime(options, Logs);
        }
        Environment = Runtime.CreateEnvironment();
    }

    [TearDown]
    public async Task DisposeRuntime()
    {
        if (_deterministic is not null)
            await _deterministic.DisposeAsync();
        else
            await Runtime.DisposeAsync();
        await Environment.DisposeAsync();
        Logs.Dispose();
        Assert.That(Runtime.ProcessCount, Is.Zero, "processes left after disposal");
        _deterministic = null;
    }

    /// <summary>Waits for a task while the processes run.</summary>
    protected T Run<T>(Task<T> task, string what)
    {
        Run((Task)task, what);
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run{T}"/>
    protected void Run(Task task, string what)
    {
        if (_deterministic is not null)
            _deterministic.Run(task.ContinueWith(static _ => { }, TaskContinuationOptions.ExecuteSynchronously));
        else if (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(Limit))
            Assert.Fail($"missing after {Limit}: {what}");
        task.GetAwaiter().GetResult();
    }

    /// <summary>The exit reason of a process, when it has ended.</summary>
    protected ExitReason Exit(LunaticProcess process) => Run(process.Completion, $"the end of {process}");

    /// <summary>Runs a body as a process to its end; fails if it does not return.</summary>
    protected void RunBody(Func<NativeProcessContext, Task> body)
    {
        ExitReason reason = Exit(Environment.Spawn(body));
        if (reason.Exception is { } exception)
            throw new InvalidOperationException("The body failed: " + exception.Message, exception);
        Assert.That(reason, Is.EqualTo(ExitReason.Returned));
    }
}
