using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Testing.Tracing;

namespace Lunatic.Runtime.Testing;

/// <summary>How the test waits for messages.</summary>
public sealed partial class Probe
{
    private const int MaxShown = 10;

    // one after the other
    private readonly List<Expectation> _expectations = [];

    /// <summary>Expects a message as the next one.</summary>
    /// <param name="matches">Whether it is right; null: any is.</param>
    /// <param name="within">How long to wait; null: <see cref="Patience"/>.</param>
    /// <exception cref="ExpectationException">Another message came, or none.</exception>
    public Task<Message> ExpectAsync(Func<Message, bool>? matches = null, TimeSpan? within = null) =>
        Expect(matches is null ? "a message" : "a message that satisfies the condition", matches ?? (static _ => true), Order.Next, within)!;

    /// <summary>Expects a message with a tag as the next one.</summary>
    /// <inheritdoc cref="ExpectAsync(Func{Message, bool}, TimeSpan?)"/>
    public Task<Message> ExpectTagAsync(long tag, TimeSpan? within = null) => Expect($"a message with tag {tag}", message => message.Tag == tag, Order.Next, within)!;

    /// <summary>Expects an object of a type as the next message: also a request, which <see cref="Reply{TReply}(IRequest{TReply}, TReply)"/> replies to.</summary>
    /// <inheritdoc cref="ExpectAsync(Func{Message, bool}, TimeSpan?)"/>
    public async Task<T> ExpectAsync<T>(Func<T, bool>? matches = null, TimeSpan? within = null)
        where T : notnull
    {
        Message message = (await Expect(WhatOf(matches), message => message.Body is T body && (matches?.Invoke(body) ?? true), Order.Next, within))!;
        return (T)message.Body!;
    }

    /// <summary>Expects bytes that a serializer can read as the next message, as guests send them.</summary>
    /// <param name="serializer">What the sender writes with.</param>
    /// <param name="matches">Whether what was read is right; null: all is.</param>
    /// <param name="within">How long to wait; null: <see cref="Patience"/>.</param>
    /// <exception cref="ExpectationException">Another message came, or none.</exception>
    public async Task<T> ExpectAsync<T>(IMessageSerializer serializer, Func<T, bool>? matches = null, TimeSpan? within = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(serializer);
        T? content = default;
        await Expect(WhatOf(matches), message => TryRead(serializer, message, out content) && (matches?.Invoke(content!) ?? true), Order.Next, within);
        return content!;
    }

    /// <summary>Waits for a message, and leaves those that came before it for other expectations.</summary>
    /// <param name="matches">Whether it is the one.</param>
    /// <param name="within">How long to wait; null: <see cref="Patience"/>.</param>
    /// <exception cref="ExpectationException">It did not come.</exception>
    public Task<Message> WaitForAsync(Func<Message, bool> matches, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(matches);
        return Expect("a message that satisfies the condition", matches, Order.Any, within)!;
    }

    /// <summary>Waits for an object of a type, and leaves messages that came before it for other expectations.</summary>
    /// <inheritdoc cref="WaitForAsync(Func{Message, bool}, TimeSpan?)"/>
    public async Task<T> WaitForAsync<T>(Func<T, bool>? matches = null, TimeSpan? within = null)
        where T : notnull
    {
        Message message = (await Expect(WhatOf(matches), message => message.Body is T body && (matches?.Invoke(body) ?? true), Order.Any, within))!;
        return (T)message.Body!;
    }

    /// <summary>Waits for the end of a process, and leaves messages that came before the news of it for other expectations. Monitors the process, if the probe does not yet.</summary>
    /// <param name="process">The process.</param>
    /// <param name="within">How long to wait; null: <see cref="Patience"/>.</param>
    /// <returns>Why it ended.</returns>
    /// <exception cref="ExpectationException">It did not end.</exception>
    public async Task<ExitReason> ExpectExitAsync(LunaticProcess process, TimeSpan? within = null)
    {
        Monitor(process);
        Message message = (await Expect(
            $"the end of {process}", message => message.Kind is MessageKind.ProcessDied && message.DeadProcess == process.Id, Order.Any, within))!;
        // one that had ended before it was monitored is not known any more, but its handle knows
        return message.DeathReason ?? await process.Completion;
    }

    /// <summary>Expects no message for some virtual time.</summary>
    /// <exception cref="ExpectationException">One came, or had come before.</exception>
    public Task ExpectNothingAsync(TimeSpan duration) => Expect("nothing", static _ => false, Order.Nothing, duration);

    /// <summary>What the test waits for, for reports.</summary>
    internal string Waiting => _expectations.Count == 0 ? "" : $", which expects {_expectations[0].What}";

    private static string WhatOf<T>(Func<T, bool>? matches) => matches is null ? $"a {typeof(T).Name}" : $"a {typeof(T).Name} that satisfies the condition";

    private static bool TryRead<T>(IMessageSerializer serializer, Message message, out T? content)
    {
        content = default;
        if (message.Kind is not MessageKind.Data)
            return false;
        try
        {
            content = serializer.Read<T>(message.Data);
            return content is not null;
        }
        catch (MessageFormatException)
        {
            return false;
        }
    }

    private Task<Message?> Expect(string what, Func<Message, bool> matches, Order order, TimeSpan? within)
    {
        TimeSpan time = within ?? Patience;
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(within));
        var expectation = new Expectation(what, matches, order, time, new Completion<Message?>(_run.Scheduler));
        _expectations.Add(expectation);
        LookAtMail();
        if (!expectation.IsOver)
            _run.Scheduler.CallAfter(time, () => TimeIsOver(expectation));
        Task<Message?> task = expectation.Result.Task;
        // step by step nobody else would drive the run
        if (!_run.Scheduler.IsDriven)
            _run.Run(task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));
        return task;
    }

    private void LookAtMail()
    {
        while (_expectations.Count > 0 && TrySettle(_expectations[0]))
            _expectations.RemoveAt(0);
    }

    private bool TrySettle(Expectation expectation)
    {
        if (_mail.Count == 0)
            return false;
        int found = expectation.Order is Order.Any ? _mail.FindIndex(message => expectation.Matches(message)) : expectation.Matches(_mail[0]) ? 0 : -1;
        if (found >= 0)
        {
            Message message = _mail[found];
            _mail.RemoveAt(found);
            expectation.Result.Succeed(message);
            return true;
        }
        if (expectation.Order is Order.Any)
            return false;
        expectation.Result.Fail(new ExpectationException($"Probe '{Name}' expected {expectation.What}, but received {Received}"));
        return true;
    }

    private void TimeIsOver(Expectation expectation)
    {
        if (!_expectations.Remove(expectation))
            return;
        if (expectation.Order is Order.Nothing)
            expectation.Result.Succeed(null);
        else
            expectation.Result.Fail(new ExpectationException($"Probe '{Name}' expected {expectation.What} within {expectation.Within}, but received {Received}{WaitReport.Text(WaitReport.Of(_run))}"));
        LookAtMail();
    }

    private string Received
    {
        get
        {
            if (_mail.Count == 0)
                return "nothing.\n";
            string more = _mail.Count > MaxShown ? $"\n  and {_mail.Count - MaxShown} more" : "";
            return $":\n  {string.Join("\n  ", _mail.Take(MaxShown).Select(MessageText.Of))}{more}\n";
        }
    }

    /// <summary>Which messages an expectation looks at.</summary>
    private enum Order
    {
        /// <summary>The next one, which must match.</summary>
        Next,

        /// <summary>All, until one matches.</summary>
        Any,

        /// <summary>The next one, which must not come.</summary>
        Nothing,
    }

    private sealed record Expectation(string What, Func<Message, bool> Matches, Order Order, TimeSpan Within, Completion<Message?> Result)
    {
        internal bool IsOver => Result.Task.IsCompleted;
    }
}
