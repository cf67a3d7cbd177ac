using System.Collections.Concurrent;
using System.Diagnostics;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Diagnostics;

/// <summary>Traces: an activity from the start of a process to its end, and one per request. Costs a look at a flag where nobody listens.</summary>
internal sealed class ProcessActivities
{
    /// <summary>The source of all activities of the library.</summary>
    internal static readonly ActivitySource Source = new(RuntimeMetrics.MeterName);

    private readonly ConcurrentDictionary<ProcessBase, Activity> _running = new();
    private int _count;

    /// <summary>Begins the activity of a process, as a child of what the spawner is doing.</summary>
    internal void Begin(ProcessBase process)
    {
        if (!Source.HasListeners() || Start("lunatic.process", ActivityKind.Internal, process) is not { } activity)
            return;
        _running[process] = activity;
        Interlocked.Increment(ref _count);
    }

    /// <summary>Ends the activity of a process, if it has one.</summary>
    internal void End(ProcessBase process, ExitReason reason)
    {
        if (Volatile.Read(ref _count) == 0 || !_running.TryRemove(process, out Activity? activity))
            return;
        Interlocked.Decrement(ref _count);
        activity.SetTag("lunatic.exit.kind", reason.Kind.ToString());
        if (reason.IsFailure)
            activity.SetStatus(ActivityStatusCode.Error, reason.Message);
        Stop(activity);
    }

    /// <summary>Begins the activity of a request; null: nobody listens.</summary>
    internal static Activity? BeginRequest(ProcessBase receiver) => Source.HasListeners() ? Start("lunatic.request", ActivityKind.Client, receiver) : null;

    /// <summary>Ends the activity of a request with the reply, or the failure, of the request.</summary>
    internal static async Task<T> FollowAsync<T>(Activity activity, Task<T> request)
    {
        try
        {
            return await request;
        }
        catch (Exception exception)
        {
            activity.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            Stop(activity);
        }
    }

    // Whoever spawns or asks goes on with its own activity: this one is ended by somebody else.
    private static Activity? Start(string name, ActivityKind kind, ProcessBase process)
    {
        Activity? current = Activity.Current;
        Activity? activity = Source.StartActivity(name, kind);
        Activity.Current = current;
        activity?.SetTag("lunatic.environment", process.Environment.Name).SetTag("lunatic.process.id", process.Id.ToString());
        return activity;
    }

    private static void Stop(Activity activity)
    {
        Activity? current = Activity.Current;
        activity.Stop();
        Activity.Current = current;
    }
}
