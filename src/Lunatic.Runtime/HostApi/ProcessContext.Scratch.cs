using System.Diagnostics.CodeAnalysis;
using Lunatic.Wasm.Hosting;

namespace Lunatic.Runtime.HostApi;

// The scratch area: at most one message, being written by the process or read by it.
internal sealed partial class ProcessContext
{
    // A message that the guest writes or reads byte by byte has an open window: the first is null then, the second what the window belongs to.
    private Message? _scratch;
    private Message? _windowed;
    private ByteWindow? _window;

    /// <summary>The message in the scratch area, or null. What went through the window is in it.</summary>
    public Message? Scratch => _windowed is null ? _scratch : CloseWindow();

    /// <summary>The message in the scratch area; null also while a window stands in for it.</summary>
    public Message? ScratchWithoutWindow => _scratch;

    /// <summary>Puts a message into the scratch area; one that lay there is dropped with its resources.</summary>
    public void SetScratch(Message? message)
    {
        Scratch?.Abandon();
        _scratch = message;
    }

    /// <summary>The message grows byte by byte: the next ones go into a window.</summary>
    public void OpenWindowForAppending(Message message, int maxLength)
    {
        (_scratch, _windowed) = (null, message);
        (_window ??= new ByteWindow(Process.Store)).OpenForAppending(maxLength);
    }

    /// <summary>The message is read byte by byte: the next ones come from a window.</summary>
    public void OpenWindowForTaking(Message message, ReadOnlySpan<byte> next)
    {
        (_scratch, _windowed) = (null, message);
        (_window ??= new ByteWindow(Process.Store)).OpenForTaking(next);
    }

    /// <summary>Appends to the open window, if there is one and it has room.</summary>
    public bool TryAppendToWindow(ReadOnlySpan<byte> bytes) => _windowed is not null && _window!.TryAppend(bytes);

    /// <summary>Takes from the open window, if there is one and it has so many bytes.</summary>
    public bool TryTakeFromWindow(Span<byte> bytes) => _windowed is not null && _window!.TryTake(bytes);

    private Message CloseWindow()
    {
        Message message = _windowed!;
        ByteWindow window = _window!;
        if (window.Appends)
        {
            // it fits, as the window is no longer than what is left to the limit; memory that it takes is counted, and looked at when more is written
            int room = message.Capacity;
            message.TryAppend(window.Appended, Environment.Options.MaxMessageBytes);
            _keptBytes += message.Capacity - room;
        }
        else
        {
            message.Position += (uint)window.Taken;
        }
        window.Close();
        (_scratch, _windowed) = (message, null);
        return message;
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
        _scratch = null;
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
