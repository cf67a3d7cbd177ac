using System.Collections.Concurrent;
using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Environments;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Scheduling;

namespace Lunatic.Runtime;

/// <summary>How processes come into an environment and leave it.</summary>
public sealed partial class LunaticEnvironment
{
    // C# bodies that still run although their processes have ended.
    private readonly ConcurrentDictionary<NativeProcess, Task> _unwinding = new();
    private readonly Completion<bool> _empty;
    private int _count;
    private int _closed;

    /// <summary>Kills all processes, waits until they have ended, at most for <see cref="EnvironmentOptions.DisposalTimeout"/>, and names those that have not in the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        Interlocked.MemoryBarrier();
        foreach (ProcessBase process in _table.Snapshot().Concat(_starting.Keys.OrderBy(static process => process.LocalId)))
            process.Kill();
        if (Volatile.Read(ref _count) == 0)
            _empty.Succeed(true);
        try
        {
            await WaitForEndAsync().WaitAsync(Options.DisposalTimeout, Runtime.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            string[] stragglers = [.. _table.Snapshot().Concat(_unwinding.Keys).Select(NameForLogs)];
            Log.Stragglers(Runtime.Logger, Name, stragglers.Length, Options.DisposalTimeout, string.Join(", ", stragglers));
        }
        Runtime.Forget(this);
    }

    /// <summary>A number for a new process.</summary>
    internal long AllocateId() => _table.AllocateId();

    /// <summary>Lets a new process be found by its number. Whatever the result is, the number is used up; a process that was refused is never started.</summary>
    internal PublishResult TryPublish(ProcessBase process)
    {
        PublishResult refusal = process.IsCounted ? PublishResult.Published : TryCountIn(process);
        if (refusal is not PublishResult.Published)
        {
            _table.Remove(process.Id.LocalId);
            return refusal;
        }
        process.IsPublished = true;
        _table.Add(process.Id.LocalId, process);
        Interlocked.MemoryBarrier();
        // Closed in between: the disposal may have looked at the table before. It waits for the count.
        if (Volatile.Read(ref _closed) != 0)
            process.Kill();
        return PublishResult.Published;
    }

    /// <summary>Counts a process that runs already but is published later, so that limits hold for it and the disposal waits for it.</summary>
    internal PublishResult TryCountIn(ProcessBase process)
    {
        PublishResult result = TryCountIn();
        process.IsCounted = result is PublishResult.Published;
        return result;
    }

    /// <summary>Gives back the number of a process that will not be published.</summary>
    internal void AbandonId(long id) => _table.Remove(id);

    internal void Unpublish(ProcessBase process)
    {
        if (process.IsPublished)
            _table.Remove(process.Id.LocalId);
    }

    /// <summary>A process has ended and released everything.</summary>
    internal void Forget(ProcessBase process)
    {
        if (!process.IsCounted)
            return;
        Runtime.CountOut(process.EndReason is { IsFailure: true });
        if (Interlocked.Decrement(ref _count) == 0 && Volatile.Read(ref _closed) != 0)
            _empty.Succeed(true);
    }

    /// <summary>A C# body goes on although its process has ended: disposal waits for it, and what goes wrong in it is logged.</summary>
    internal void AddUnwinding(NativeProcess process, Task body)
    {
        var unwound = new Completion<bool>(Runtime.Scheduler);
        _unwinding.TryAdd(process, unwound.Task);
        body.ContinueWith(
            (ended, _) =>
            {
                _unwinding.TryRemove(process, out Task? _);
                // A body that gives up because its process has ended does what it should.
                if (ended.Exception?.InnerException is { } failure and not OperationCanceledException)
                    ReportBodyFailure(process, failure);
                unwound.Succeed(true);
            },
            null,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async Task WaitForEndAsync()
    {
        await _empty.Task.ConfigureAwait(false);
        await Task.WhenAll(_unwinding.Values).ConfigureAwait(false);
    }

    private PublishResult TryCountIn()
    {
        if (Interlocked.Increment(ref _count) > Options.MaxProcesses)
            return CountOut(PublishResult.EnvironmentFull);
        if (Volatile.Read(ref _closed) != 0)
            return CountOut(PublishResult.Closed);
        return Runtime.TryCountIn() ? PublishResult.Published : CountOut(PublishResult.RuntimeFull);
    }

    private PublishResult CountOut(PublishResult refusal)
    {
        if (Interlocked.Decrement(ref _count) == 0 && Volatile.Read(ref _closed) != 0)
            _empty.Succeed(true);
        return refusal;
    }
}
