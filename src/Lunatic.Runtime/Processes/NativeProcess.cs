using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>A process whose body is an asynchronous C# method. The body runs in slices, each up to an await that is not ready: of its mailbox, or of anything else.</summary>
/// <remarks>
/// While the body waits for its mailbox, its continuation is kept here and run by the slice that finds what it waits for. At any other await it is parked all the same: the continuation comes
/// back through <see cref="ProcessSynchronizationContext"/> as a signal. So all of a body runs in slices, one at a time, and kills and links are seen at each of them.
/// The end is logical: when it is decided the exit is published, whatever the body is at. What is left of the body then runs outside of the process (<see cref="OrphanedContinuation"/>)
/// and finds that every call on its context throws.
/// </remarks>
internal partial class NativeProcess : ProcessBase
{
    [ThreadStatic]
    private static NativeProcess? _currentOnThread;

    private readonly ProcessSynchronizationContext _synchronization;
    private Func<NativeProcessContext, Task>? _body;
    private NativeProcessContext? _context;
    private Task? _task;
    private ContinuationSignal? _firstReady, _lastReady;
    private CancellationTokenSource? _killed;
    private int _steps;
    private bool _endIsHooked;

    internal NativeProcess(LunaticEnvironment environment, long localId, Func<NativeProcessContext, Task> body)
        : base(environment, localId, Current)
    {
        _body = body;
        _synchronization = new ProcessSynchronizationContext(this);
    }

    /// <summary>The process whose slice runs on this thread; null: none.</summary>
    internal static NativeProcess? Current => _currentOnThread;

    /// <summary>Cancelled when the process has ended while its body still runs. Owner only.</summary>
    internal CancellationToken Killed => (_killed ??= new CancellationTokenSource()).Token;

    /// <summary>Throws unless called by the body, in a slice of a process that is not ending.</summary>
    internal void EnsureCalledByBody()
    {
        if (_currentOnThread == this && !IsEnding)
            return;
        if (HasEnded || _currentOnThread == this)
            throw new OperationCanceledException($"{this} has ended.", _killed?.Token ?? new CancellationToken(canceled: true));
        throw new InvalidOperationException(
            $"The context of {this} was used outside of its body. Use it only where the body runs: not on other threads, and not after an await with ConfigureAwait(false).");
    }

    /// <summary>Queues a continuation of the body for this slice. Owner only.</summary>
    internal void AddReady(ContinuationSignal continuation)
    {
        if (_lastReady is null)
            _firstReady = continuation;
        else
            _lastReady.Next = continuation;
        _lastReady = continuation;
    }

    /// <summary>Runs a continuation of the body that comes after the end of the process. Any thread.</summary>
    internal void RunOrphan(SendOrPostCallback callback, object? state) => Scheduler.Schedule(new OrphanedContinuation(this, _synchronization, callback, state));

    protected override SliceOutcome RunSlice()
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_synchronization);
        _currentOnThread = this;
        try
        {
            for (_steps = Environment.Runtime.Options.SliceSteps; _steps > 0 && !IsEnding; _steps--)
            {
                // A look at the mailbox takes in what is inbound: continuations may be ready now that were not before.
                if (!Step() && _firstReady is null)
                    return Wait();
                if (_task is { IsCompleted: true } task)
                    End(ReasonOf(task));
            }
            return SliceOutcome.Yield;
        }
        finally
        {
            _currentOnThread = null;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    protected override void Release(ExitReason reason)
    {
        _body = null;
        if (_task is null or { IsCompleted: true })
            return;
        Environment.AddUnwinding(this, _task);
        AbandonWait();
        RunOrphan(static process => ((NativeProcess)process!).Unwind(), this);
    }

    // Outside of the process: the token's callbacks first, then the body where it waits for its mailbox, then what else was ready.
    private void Unwind()
    {
        if (_killed is { } killed)
            Guard(static source => ((CancellationTokenSource)source!).Cancel(), killed);
        if (_continuation is { } continuation)
            Guard(new SendOrPostCallback(continuation), _continuationState);
        for (ContinuationSignal? ready = _firstReady; ready is not null; ready = (ContinuationSignal?)ready.Next)
            Guard(ready.Callback, ready.State);
        _firstReady = _lastReady = null;
    }

    private void Guard(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            // Nobody is left who could be told but the log.
            Environment.ReportBodyFailure(this, exception);
        }
    }

    /// <summary>Does one thing that is ready.</summary>
    /// <returns>False: nothing is.</returns>
    private bool Step()
    {
        if (_task is null)
        {
            StartBody();
            return true;
        }
        if (_firstReady is { } ready)
        {
            _firstReady = (ContinuationSignal?)ready.Next;
            if (_firstReady is null)
                _lastReady = null;
            ready.Next = null;
            ready.Callback(ready.State);
            return true;
        }
        return TryResume();
    }

    private void StartBody()
    {
        _context = new NativeProcessContext(this);
        Func<NativeProcessContext, Task> body = _body!;
        _body = null;
        // A body that is no async method may leave its ambient values (AsyncLocal) behind on this thread.
        ExecutionContext? ambient = ExecutionContext.Capture();
        try
        {
            _task = body(_context) ?? throw new InvalidOperationException("The body of a process returned no task.");
        }
        finally
        {
            if (ambient is not null)
                ExecutionContext.Restore(ambient);
        }
    }

    private SliceOutcome Wait()
    {
        if (IsEnding)
            return SliceOutcome.Waiting;
        if (_task!.IsCompleted)
        {
            End(ReasonOf(_task));
            return SliceOutcome.Waiting;
        }
        if (IsWaitingForMailbox)
        {
            WakeAt(_deadline);
        }
        else if (!_endIsHooked)
        {
            // A body that left its slices by ConfigureAwait(false) ends elsewhere.
            _endIsHooked = true;
            _task.ContinueWith(
                static (_, process) => ((NativeProcess)process!).Wake(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        return SliceOutcome.Waiting;
    }

    private ExitReason ReasonOf(Task task) =>
        task.IsCompletedSuccessfully || IsStopped(task) ? ExitReason.Returned : ExitReason.Faulted(task.Exception?.InnerException ?? new TaskCanceledException(task));
}
