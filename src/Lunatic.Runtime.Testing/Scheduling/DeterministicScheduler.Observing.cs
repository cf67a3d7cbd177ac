using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Testing.Tracing;

namespace Lunatic.Runtime.Testing.Scheduling;

/// <summary>What the scheduler sees of the processes: it writes the trace, and asks the plan of faults.</summary>
internal sealed partial class DeterministicScheduler
{
    private readonly Dictionary<ProcessBase, ObservedProcess> _observed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The process whose slice runs, or in whose name the test acts; null: none.</summary>
    internal ObservedProcess? Current { get; private set; }

    /// <summary>What is known of a process.</summary>
    internal ObservedProcess Observe(ProcessBase process)
    {
        lock (_observed)
        {
            if (_observed.TryGetValue(process, out ObservedProcess? observed))
                return observed;
            observed = new ObservedProcess(process);
            if (!process.HasEnded)
                _observed.Add(process, observed);
            return observed;
        }
    }

    /// <summary>The processes that are known and have not ended, in the order of their spawning.</summary>
    internal ObservedProcess[] Living()
    {
        lock (_observed)
            return [.. _observed.Values.OrderBy(observed => observed.Process!.Id.EnvironmentId).ThenBy(observed => observed.Process!.LocalId)];
    }

    internal override void Started(ProcessBase process)
    {
        ObservedProcess observed = Observe(process);
        Note(TraceKind.Spawn, Current, observed);
        Faults.AtSpawnOf(observed);
    }

    internal override void Ended(ProcessBase process, ExitReason reason)
    {
        ObservedProcess observed = Observe(process);
        Note(TraceKind.End, observed, detail: reason.Message);
        lock (_observed)
            _observed.Remove(process);
        observed.Forget();
    }

    internal override bool Send(ProcessBase receiver, Message message)
    {
        NoteInterference(receiver);
        // what other threads send has no place in the order
        ObservedProcess? sender = !IsDriven || IsDriver ? Current : null;
        ObservedProcess observed = Observe(receiver);
        object? body = message.Body;
        var sent = new TraceEvent(
            TraceKind.Message, Steps, _time.Elapsed, sender, observed, message.Tag, message.Kind is MessageKind.Object ? -1 : message.Length, body?.GetType().Name);
        Trace.Add(sent);
        return Faults.Carry(message, sender, observed);
    }

    /// <summary>Adds an event to the trace.</summary>
    internal void Note(TraceKind kind, ObservedProcess? subject = null, ObservedProcess? other = null, long number = 0, string? detail = null) =>
        Trace.Add(new TraceEvent(kind, Steps, _time.Elapsed, subject, other, number, 0, detail));

    /// <summary>Adds to the trace that the clock is about to move.</summary>
    internal void NoteClock(TimeSpan time) => Trace.Add(new TraceEvent(TraceKind.Clock, Steps, time, null, null, 0, 0, null));

    /// <summary>Does something in the name of a process.</summary>
    internal T ActAs<T>(ObservedProcess process, Func<T> act)
    {
        ObservedProcess? outer = Current;
        Current = process;
        try
        {
            return act();
        }
        finally
        {
            Current = outer;
        }
    }

    private void RunSlice(ProcessBase process)
    {
        ObservedProcess observed = Observe(process);
        observed.LookForName();
        observed.Slices++;
        long fuel = (process as GuestProcess)?.Store.FuelUsed ?? 0;
        Trace.Add(new TraceEvent(TraceKind.Slice, Steps, _time.Elapsed, observed, null, observed.Slices, fuel, null));
        Faults.BeforeSliceOf(observed);
        if (_options.VarySlices)
            DrawSliceLength();
        Current = observed;
        ((IRunnable)process).Run();
        Current = null;
    }
}
