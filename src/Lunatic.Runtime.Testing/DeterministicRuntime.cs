using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Testing;

/// <summary>
/// A runtime whose processes run only while the test drives it: on the test's thread, in an order drawn from a seed, with a clock that stands still until nothing can go on. The same seed
/// gives the same run, as long as the processes wait for nothing from outside.
/// </summary>
public sealed class DeterministicRuntime : IAsyncDisposable
{
    // How long (in real time) something from outside may take to let a process go on.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DeterministicScheduler _scheduler;

    /// <summary>Creates a runtime.</summary>
    /// <param name="seed">Determines the order in which processes run.</param>
    /// <param name="options">The runtime's options; its clock and workers are replaced.</param>
    /// <param name="loggerFactory">Where it logs; null for nowhere.</param>
    public DeterministicRuntime(int seed, LunaticRuntimeOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        Seed = seed;
        LunaticRuntimeOptions copy = (options ?? new LunaticRuntimeOptions()).CopyValidated();
        copy.TimeProvider = Time;
        copy.Workers = 1;
        _scheduler = new DeterministicScheduler(seed);
        Runtime = new LunaticRuntime(copy, loggerFactory, _ => _scheduler);
    }

    /// <summary>The seed of the order.</summary>
    public int Seed { get; }

    /// <summary>The runtime.</summary>
    public LunaticRuntime Runtime { get; }

    /// <summary>The runtime's clock. To move it use <see cref="Advance"/>, which runs the processes too.</summary>
    public VirtualTimeProvider Time { get; } = new();

    /// <summary>Slices run so far: equal for equal runs.</summary>
    public long Steps => _scheduler.Steps;

    /// <summary>Runs one slice of a process that is ready.</summary>
    /// <returns>False: all wait. The clock stands still.</returns>
    public bool RunSlice() => _scheduler.RunOne();

    /// <summary>Runs processes until all wait. The clock stands still.</summary>
    public void RunUntilIdle()
    {
        while (RunSlice())
        {
        }
    }

    /// <summary>Moves the clock forward and runs processes: at each time at which a timer is due, until all wait.</summary>
    public void Advance(TimeSpan time)
    {
        TimeSpan target = Time.Elapsed + time;
        RunUntilIdle();
        while (Time.NextDue is { } due && due <= target)
        {
            Time.AdvanceTo(due);
            RunUntilIdle();
        }
        Time.AdvanceTo(target);
        RunUntilIdle();
    }

    /// <summary>Runs processes until a task has completed. When all wait, the clock moves to the next timer.</summary>
    /// <exception cref="TimeoutException">All wait, no timer is set, and nothing came from outside for 10 seconds.</exception>
    public T Run<T>(Task<T> task)
    {
        Run((Task)task);
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run{T}(Task{T})"/>
    public void Run(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        while (!task.IsCompleted)
        {
            if (_scheduler.RunOne())
                continue;
            if (Time.NextDue is { } due)
                Time.AdvanceTo(due);
            else
                AwaitOutside(task, Patience);
        }
        task.GetAwaiter().GetResult();
    }

    /// <summary>Disposes of the runtime, while running its processes.</summary>
    public ValueTask DisposeAsync()
    {
        Task disposal = Runtime.DisposeAsync().AsTask();
        while (!disposal.IsCompleted)
        {
            if (_scheduler.RunOne())
                continue;
            // Parts of the disposal run on the thread pool: they come first, before the time that stragglers have runs out.
            if (!WaitOutside(disposal, TimeSpan.FromMilliseconds(200)) && Time.NextDue is { } due)
                Time.AdvanceTo(due);
        }
        return new ValueTask(disposal);
    }

    private void AwaitOutside(Task task, TimeSpan patience)
    {
        if (WaitOutside(task, patience))
            return;
        string waiting = string.Join(", ", Runtime.Environments.SelectMany(environment => environment.Processes).Take(10));
        throw new TimeoutException($"Nothing can go on (seed {Seed}, {Steps} slices run): no process is ready and no timer is set. {Runtime.ProcessCount} processes exist, among them: {waiting}");
    }

    private bool WaitOutside(Task task, TimeSpan patience) => WaitHandle.WaitAny([_scheduler.Arrived, ((IAsyncResult)task).AsyncWaitHandle], patience) != WaitHandle.WaitTimeout;
}
