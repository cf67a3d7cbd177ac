using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Testing.Faults;
using Lunatic.Runtime.Testing.Scheduling;
using Lunatic.Runtime.Testing.Tracing;

namespace Lunatic.Runtime.Testing;

/// <summary>Where faults happen. Called by the scheduler and by the guests' memory.</summary>
public sealed partial class FaultPlan
{
    /// <summary>A process was spawned and has not run.</summary>
    internal void AtSpawnOf(ObservedProcess process)
    {
        if (Take(_atSpawns, process) is { } fault)
            End(process, fault.Reason, "when it is spawned");
    }

    /// <summary>A process is about to run.</summary>
    internal void BeforeSliceOf(ObservedProcess process)
    {
        if (Take(_atSlices, process) is { } fault)
            End(process, fault.Reason, $"at slice {process.Slices}");
        else if (_random is { } random && MayHit(process) && Draws(random.Kill))
            End(process, ExitReason.Killed, $"at slice {process.Slices}");
    }

    /// <summary>Takes a message to its receiver, or not.</summary>
    /// <returns>What the sender is told.</returns>
    internal bool Carry(Message message, ObservedProcess? sender, ObservedProcess receiver)
    {
        ProcessBase? process = receiver.Process;
        if (process is null)
            return false;
        if (sender == receiver)
            return process.Accept(message);
        MessageFault? fault = Take(sender, receiver);
        switch (fault?.Fate ?? Draw(receiver))
        {
            case MessageFate.Drop:
                Report($"the message to {receiver.Label} is lost");
                // whoever waits for a reply must not be told: so it is with what is lost
                if (message.ReplyTarget is null)
                    message.Abandon();
                return true;
            case MessageFate.Delay:
                TimeSpan delay = fault?.DelayTime ?? TimeSpan.FromMilliseconds(1 + _sequence.Next((int)_random!.MaxDelay.TotalMilliseconds));
                Report($"the message to {receiver.Label} is delayed by {delay}");
                _scheduler.CallAfter(delay, () => Deliver(process, message));
                return true;
            case MessageFate.KillReceiver:
                End(receiver, ExitReason.Killed, "at a message to it");
                return process.Accept(message);
            case MessageFate.KillSender when sender is not null:
                End(sender, ExitReason.Killed, "at a message that it sent");
                return process.Accept(message);
            default:
                return process.Accept(message);
        }
    }

    /// <summary>The process that runs asks for memory.</summary>
    internal bool RefusesMemory()
    {
        // the test that spawns a guest is no process
        if (_scheduler.Current is not { } process)
            return false;
        if (Take(_atRequests, process) is null && !(_random is { } random && MayHit(process) && Draws(random.RefuseMemory)))
            return false;
        Report($"{process.Label} is refused memory");
        return true;
    }

    private void EndAll(ProcessFault fault)
    {
        foreach (ObservedProcess process in _scheduler.Living())
        {
            if (fault.Matches(process))
                End(process, fault.Reason, "at this time");
        }
    }

    private void End(ObservedProcess process, ExitReason? reason, string when)
    {
        if (reason is null || process.Process is not { } target)
            return;
        Report($"{process.Label}: {reason.Message}, {when}");
        target.Post(new EndSignal(reason));
    }

    private static void Deliver(ProcessBase receiver, Message message)
    {
        if (receiver.Accept(message))
            return;
        receiver.Environment.CountUndeliverable(1);
        message.Abandon();
    }

    private MessageFate Draw(ObservedProcess receiver)
    {
        if (_random is not { } random || !MayHit(receiver))
            return MessageFate.Arrives;
        if (Draws(random.Drop))
            return MessageFate.Drop;
        return Draws(random.Delay) ? MessageFate.Delay : MessageFate.Arrives;
    }

    private bool MayHit(ObservedProcess process) => process.Probe is null && _random!.Processes.Matches(process);

    private bool Draws(double probability)
    {
        if (_randomLeft == 0 || !_sequence.Happens(probability))
            return false;
        _randomLeft--;
        return true;
    }

    // all count, but one happens
    private MessageFault? Take(ObservedProcess? sender, ObservedProcess receiver)
    {
        MessageFault? met = null;
        foreach (MessageFault fault in _atMessages)
        {
            if (fault.IsMet(sender, receiver))
                met ??= fault;
        }
        return met;
    }

    private static ProcessFault? Take(List<ProcessFault> faults, ObservedProcess process)
    {
        ProcessFault? met = null;
        foreach (ProcessFault fault in faults)
        {
            if (fault.IsMet(process))
                met ??= fault;
        }
        return met;
    }

    private void Report(string fault)
    {
        Injected++;
        _scheduler.Note(TraceKind.Fault, detail: fault);
    }
}
