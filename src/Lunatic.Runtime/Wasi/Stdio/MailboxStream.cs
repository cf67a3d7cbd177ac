namespace Lunatic.Runtime.Wasi.Stdio;

/// <summary>Sends what is written to a process, a message for each write.</summary>
internal sealed class MailboxStream(LunaticProcess receiver, long tag) : OutputStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!buffer.IsEmpty)
            receiver.Send(new Message(tag, buffer));
    }
}
