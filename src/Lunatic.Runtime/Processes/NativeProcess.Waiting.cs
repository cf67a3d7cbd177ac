using System.Threading.Tasks.Sources;

namespace Lunatic.Runtime.Processes;

/// <summary>How a body waits for its mailbox: the process is the source of the tasks that it awaits, so a receive allocates nothing. There is one wait at a time.</summary>
internal partial class NativeProcess : IValueTaskSource<Message>, IValueTaskSource<bool>, IValueTaskSource
{
    private WaitKind _waitsFor;
    private ValueTaskSourceStatus _waitStatus;
    private short _waitToken;
    private Action<object?>? _continuation;
    private object? _continuationState;
    private ExecutionContext? _continuationContext;
    private long _oneTag;
    private long[]? _manyTags;
    private int _tagCount;
    private long _deadline;
    private Message? _received;
    private WaitCancellation? _cancellation;

    private bool IsWaitingForMailbox => _waitsFor is not WaitKind.Nothing && _waitStatus is ValueTaskSourceStatus.Pending && _continuation is not null;

    /// <summary>What the body waits for at its mailbox, if it does.</summary>
    internal WaitKind WaitsFor => IsWaitingForMailbox ? _waitsFor : WaitKind.Nothing;

    /// <summary>When it goes on in any case.</summary>
    internal long WaitDeadline => _deadline;

    /// <summary>The tags that it waits for; none: any message.</summary>
    internal ReadOnlySpan<long> Tags => _tagCount == 1 ? new ReadOnlySpan<long>(in _oneTag) : _manyTags.AsSpan(0, _tagCount);

    /// <summary>A message with one of the tags, or null after the deadline.</summary>
    internal ValueTask<Message> ReceiveAsync(scoped ReadOnlySpan<long> tags, long deadline, CancellationToken cancellationToken)
    {
        EnsureCanWait();
        // Without steps left the message is found by the next slice.
        if (_steps > 1 && TryReceive(tags) is { } message)
        {
            _steps--;
            return new ValueTask<Message>(message);
        }
        return new ValueTask<Message>(this, BeginWait(WaitKind.Message, tags, deadline, cancellationToken));
    }

    /// <summary>True when there is a message.</summary>
    internal ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken)
    {
        EnsureCanWait();
        if (_steps > 1 && HasMail())
        {
            _steps--;
            return new ValueTask<bool>(true);
        }
        return new ValueTask<bool>(this, BeginWait(WaitKind.Mail, [], NoDeadline, cancellationToken));
    }

    internal ValueTask SleepAsync(long deadline, CancellationToken cancellationToken)
    {
        EnsureCanWait();
        return new ValueTask(this, BeginWait(WaitKind.Deadline, [], deadline, cancellationToken));
    }

    ValueTaskSourceStatus IValueTaskSource<Message>.GetStatus(short token) => StatusOf(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => StatusOf(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => StatusOf(token);

    Message IValueTaskSource<Message>.GetResult(short token)
    {
        EndWait(token);
        Message? message = _received;
        _received = null;
        return message!;
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        EndWait(token);
        return true;
    }

    void IValueTaskSource.GetResult(short token) => EndWait(token);

    void IValueTaskSource<Message>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => Continue(continuation, state, token, flags);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => Continue(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => Continue(continuation, state, token, flags);

    private void EnsureCanWait()
    {
        EnsureCalledByBody();
        if (_waitsFor is not WaitKind.Nothing)
            throw new InvalidOperationException($"{this} waits for its mailbox already: await one receive before the next.");
    }

    private short BeginWait(WaitKind kind, scoped ReadOnlySpan<long> tags, long deadline, CancellationToken cancellationToken)
    {
        _waitsFor = kind;
        _waitStatus = ValueTaskSourceStatus.Pending;
        _deadline = deadline;
        _tagCount = tags.Length;
        if (tags.Length == 1)
        {
            _oneTag = tags[0];
        }
        else if (tags.Length > 1)
        {
            if (_manyTags is null || _manyTags.Length < tags.Length)
                _manyTags = new long[tags.Length];
            tags.CopyTo(_manyTags);
        }
        if (cancellationToken.CanBeCanceled && cancellationToken != _killed?.Token)
            _cancellation = new WaitCancellation(this, cancellationToken);
        return _waitToken;
    }

    /// <summary>Runs the body's continuation if what it waits for is there.</summary>
    private bool TryResume()
    {
        if (_waitsFor is WaitKind.Nothing || _waitStatus is not ValueTaskSourceStatus.Pending)
            return false;
        if (_waitsFor is WaitKind.Message && TryReceive(Tags) is { } message)
            _received = message;
        else if (_cancellation is { IsCancelled: true })
            return Complete(ValueTaskSourceStatus.Canceled);
        else if (!(_waitsFor is WaitKind.Mail && HasMail()) && !HasPassed(_deadline))
            return false;
        return Complete(ValueTaskSourceStatus.Succeeded);
    }

    private bool Complete(ValueTaskSourceStatus status)
    {
        if (IsEnding)
            return false;
        _waitStatus = status;
        Action<object?>? continuation = _continuation;
        if (continuation is null)
            return true;
        object? state = _continuationState;
        ExecutionContext? context = _continuationContext;
        _continuation = null;
        _continuationState = null;
        _continuationContext = null;
        if (context is null)
            continuation(state);
        else
            ExecutionContext.Run(context, new ContextCallback(continuation), state);
        return true;
    }

    /// <summary>At the end of the process: what the body waits for is an exception from now on.</summary>
    private void AbandonWait()
    {
        if (_received is { } message)
        {
            _received = null;
            message.Abandon();
            Environment.CountUndeliverable(1);
        }
        if (_waitsFor is not WaitKind.Nothing)
            _waitStatus = ValueTaskSourceStatus.Canceled;
    }

    private ValueTaskSourceStatus StatusOf(short token)
    {
        CheckToken(token);
        return _waitStatus;
    }

    private void Continue(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        CheckToken(token);
        // A body whose process has ended or is not in its slice may come here from anywhere: what it waits for is decided.
        if (_waitStatus is not ValueTaskSourceStatus.Pending)
        {
            _synchronization.Post(new SendOrPostCallback(continuation), state);
            return;
        }
        _continuation = continuation;
        _continuationState = state;
        _continuationContext = (flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0 ? ExecutionContext.Capture() : null;
    }

    private void EndWait(short token)
    {
        CheckToken(token);
        ValueTaskSourceStatus status = _waitStatus;
        if (status is ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("The result of a receive was asked for before there is one.");
        _waitToken++;
        _waitsFor = WaitKind.Nothing;
        WaitCancellation? cancellation = _cancellation;
        _cancellation = null;
        cancellation?.Dispose();
        if (status is ValueTaskSourceStatus.Canceled)
            throw cancellation is { IsCancelled: true } && !HasEnded ? new OperationCanceledException(cancellation.Token) : new OperationCanceledException($"{this} has ended.", _killed?.Token ?? new CancellationToken(canceled: true));
    }

    private void CheckToken(short token)
    {
        if (token != _waitToken)
            throw new InvalidOperationException("The task of a receive was used twice.");
    }
}
