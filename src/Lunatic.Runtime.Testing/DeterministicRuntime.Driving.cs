using Lunatic.Runtime.Testing.Scheduling;

namespace Lunatic.Runtime.Testing;

/// <summary>How the test makes the processes run.</summary>
public sealed partial class DeterministicRuntime
{
    // those who wait until all processes wait
    private readonly Queue<TaskCompletionSource> _untilIdle = new();

    /// <summary>Runs one slice of a process that is ready.</summary>
    /// <returns>False: none is. The clock stands still.</returns>
    public bool RunSlice()
    {
        using DeterministicScheduler.Driving driving = _scheduler.Drive();
        return RunOne();
    }

    /// <summary>Runs processes until all wait. The clock stands still.</summary>
    /// <exception cref="RunLimitException">They do not come to an end within <see cref="DeterministicOptions.MaxSteps"/>.</exception>
    public void RunUntilIdle()
    {
        using DeterministicScheduler.Driving driving = _scheduler.Drive();
        RunReady();
    }

    /// <summary>Moves the clock forward and runs processes: at each time at which a timer is due, until all wait.</summary>
    /// <exception cref="RunLimitException">They do not come to an end within <see cref="DeterministicOptions.MaxSteps"/>.</exception>
    public void Advance(TimeSpan time)
    {
        using DeterministicScheduler.Driving driving = _scheduler.Drive();
        TimeSpan target = Time.Elapsed + time;
        RunReady();
        while (Time.NextDue is { } due && due <= target)
        {
            AdvanceTo(due);
            RunReady();
        }
        AdvanceTo(target);
        RunReady();
    }

    /// <summary>Runs processes until a task has completed. When all wait, the clock moves to the next timer.</summary>
    /// <returns>The task's result.</returns>
    /// <exception cref="DeadlockException">Nothing can go on, and no timer is set.</exception>
    /// <exception cref="RunLimitException">The task does not complete within <see cref="DeterministicOptions.MaxSteps"/> and <see cref="DeterministicOptions.MaxTime"/>.</exception>
    /// <exception cref="OutsideWorkException">Something went on on another thread.</exception>
    public T Run<T>(Task<T> task)
    {
        Run((Task)task);
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run{T}(Task{T})"/>
    public void Run(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        using (_scheduler.Drive())
            RunToEnd(task);
        task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run(Func{Task})"/>
    /// <returns>What the part returns.</returns>
    public T Run<T>(Func<Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        T result = default!;
        Run(async Task () => result = await body());
        return result;
    }

    /// <summary>Runs a part of the test, whose awaits go on among the processes, until it has ended.</summary>
    /// <inheritdoc cref="Run{T}(Task{T})"/>
    public void Run(Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Task task;
        using (_scheduler.Drive())
        {
            var started = new TaskCompletionSource<Task>();
            new TestSynchronizationContext(_scheduler).Post(_ => started.SetResult(Begin(body)), null);
            task = started.Task.Unwrap();
            RunToEnd(task);
        }
        task.GetAwaiter().GetResult();
    }

    /// <summary>Waits until some virtual time has gone by. In the test's body.</summary>
    public Task DelayAsync(TimeSpan time) => Task.Delay(time, Time);

    /// <summary>Waits until all processes wait, before the clock moves. In the test's body.</summary>
    public Task WhenIdleAsync()
    {
        var idle = new TaskCompletionSource();
        _untilIdle.Enqueue(idle);
        return idle.Task;
    }

    /// <summary>Disposes of the runtime, while running its processes.</summary>
    public ValueTask DisposeAsync()
    {
        using DeterministicScheduler.Driving driving = _scheduler.Drive();
        Task disposal = Runtime.DisposeAsync().AsTask();
        while (!disposal.IsCompleted)
        {
            if (_scheduler.RunOne())
                continue;
            // bodies that wait for something outside come first, before the time that stragglers have runs out
            if (!WaitOutside(disposal, TimeSpan.FromMilliseconds(200)) && Time.NextDue is { } due)
                Time.AdvanceTo(due);
        }
        return new ValueTask(disposal);
    }

    // also what a body throws before its first await belongs to its task
    private static async Task Begin(Func<Task> body) => await body();

    private void RunReady()
    {
        for (int steps = 0; RunOne(); steps++)
        {
            if (steps == _options.MaxSteps)
                throw RunLimitException.Of(this, $"The processes did not come to rest within {_options.MaxSteps} slices");
        }
    }

    private void RunToEnd(Task task)
    {
        long lastStep = Steps + _options.MaxSteps;
        while (!task.IsCompleted)
        {
            if (Steps >= lastStep)
                throw RunLimitException.Of(this, $"What is waited for did not come within {_options.MaxSteps} slices");
            if (RunOne())
                continue;
            if (_untilIdle.TryDequeue(out TaskCompletionSource? idle))
                idle.SetResult();
            else if (Time.NextDue is { } due)
                AdvanceInLimits(due);
            else if (!WaitOutside(task, _options.AllowOutsideWork ? _options.OutsidePatience : TimeSpan.FromMilliseconds(100)))
                throw DeadlockException.Of(this);
            ThrowIfDisturbed();
        }
    }

    private bool RunOne()
    {
        bool ran = _scheduler.RunOne();
        ThrowIfDisturbed();
        return ran;
    }

    private void AdvanceInLimits(TimeSpan due)
    {
        if (due > _options.MaxTime)
            throw RunLimitException.Of(this, $"What is waited for did not come within {_options.MaxTime} of virtual time");
        AdvanceTo(due);
    }

    private void AdvanceTo(TimeSpan due)
    {
        if (due > Time.Elapsed)
            _scheduler.NoteClock(due);
        Time.AdvanceTo(due);
    }

    private void ThrowIfDisturbed()
    {
        if (_scheduler.Interference is { } interference)
            throw new OutsideWorkException(this, interference);
    }

    private bool WaitOutside(Task task, TimeSpan patience) => WaitHandle.WaitAny([_scheduler.Arrived, ((IAsyncResult)task).AsyncWaitHandle], patience) != WaitHandle.WaitTimeout;
}
