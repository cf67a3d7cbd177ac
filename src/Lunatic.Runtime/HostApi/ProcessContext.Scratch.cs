using System.Diagnostics.CodeAnalysis;

namespace Lunatic.Runtime.HostApi;

// The scratch area: at most one message, being written by the process or read by it.
internal sealed partial class ProcessContext
{
    /// <summary>The message in the scratch area, or null.</summary>
    public Message? Scratch { get; private set; }

    /// <summary>Puts a message into the scratch area; one that lay there is dropped with its resources.</summary>
    public void SetScratch(Message? message)
    {
        Scratch?.Abandon();
        Scratch = message;
    }

    /// <summary>The message in the scratch area, whatever its kind; traps when there is none.</summary>
    public bool TryGetScratch([NotNullWhen(true)] out Message? message)
    {
        message = Scratch;
        if (message is not null)
            return true;
        Trap("the process has no message to work on: none was created or received, or it was sent");
        return false;
    }

    /// <summary>The data message in the scratch area; traps when there is none or it is the news of a death.</summary>
    public bool TryGetData([NotNullWhen(true)] out Message? message)
    {
        message = Scratch;
        if (message is { Kind: MessageKind.Data })
            return true;
        TrapNoData(message);
        return false;
    }

    /// <summary>Takes the message out of the scratch area to hand it on; traps when there is none.</summary>
    public bool TryTakeScratch([NotNullWhen(true)] out Message? message)
    {
        bool taken = TryGetScratch(out message);
        Scratch = null;
        return taken;
    }

    /// <summary>Sends a message to a process of the same environment; one for an unknown process is dropped, and counted.</summary>
    public void Deliver(Message message, long processId)
    {
        if (Environment.Find(processId) is { } receiver)
        {
            receiver.Send(message);
            return;
        }
        Environment.CountUndeliverable(1);
        message.Abandon();
    }

    private void TrapNoData(Message? message)
    {
        if (message is null)
            TryGetScratch(out _);
        else
            Trap($"the message is not data but the news that a {(message.Kind is MessageKind.LinkDied ? "linked" : "monitored")} process died");
    }
}
