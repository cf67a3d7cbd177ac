using System.Diagnostics;

namespace Lunatic.Runtime;

/// <summary>A message in a mailbox: bytes under a tag, an object, or the news that another process died.</summary>
/// <remarks>A message has one owner: sending hands it to the receiver. It is not thread safe.</remarks>
public sealed partial class Message : Signal
{
    /// <summary>The tag of messages that have none. No selective receive ever matches it.</summary>
    public const long NoTag = 0;

    /// <summary>Creates a data message that refers to the given bytes (they are not copied).</summary>
    /// <param name="tag">The tag that a selective receive can ask for, or <see cref="NoTag"/>.</param>
    /// <param name="data">The bytes; the caller must not change them any more.</param>
    public Message(long tag, byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Tag = tag;
        _buffer = data;
        Length = data.Length;
    }

    /// <summary>Creates a data message with a copy of the given bytes.</summary>
    /// <param name="tag">The tag that a selective receive can ask for, or <see cref="NoTag"/>.</param>
    /// <param name="data">The bytes.</param>
    public Message(long tag, ReadOnlySpan<byte> data)
        : this(tag, data.ToArray())
    {
    }

    private Message(MessageKind kind, long tag, ExitNotice notice)
    {
        Debug.Assert(kind is not MessageKind.Data);
        Kind = kind;
        Tag = tag;
        _buffer = [];
        _attachment = notice;
    }

    private Message(long tag, object body)
    {
        Kind = MessageKind.Object;
        Tag = tag;
        _buffer = [];
        _attachment = body;
    }

    /// <summary>What the message is.</summary>
    public MessageKind Kind { get; }

    /// <summary>The tag, or <see cref="NoTag"/>. A <see cref="MessageKind.LinkDied"/> message carries the tag of the link.</summary>
    public long Tag { get; internal set; }

    /// <summary>The bytes; empty unless the message is <see cref="MessageKind.Data"/>.</summary>
    public ReadOnlyMemory<byte> Data
    {
        get
        {
            // whoever has the bytes may keep them
            _isPooled = false;
            return _buffer.AsMemory(0, Length);
        }
    }

    /// <summary>The process that died (<see cref="MessageKind.LinkDied"/>, <see cref="MessageKind.ProcessDied"/>), otherwise null.</summary>
    public ProcessId? DeadProcess => (_attachment as ExitNotice)?.Process;

    /// <summary>Why that process died; null for data, and where the process did not exist.</summary>
    public ExitReason? DeathReason => (_attachment as ExitNotice)?.Reason;

    /// <summary>The object of an <see cref="MessageKind.Object"/> message, otherwise null.</summary>
    public object? Body => Kind is not MessageKind.Object ? null : _attachment is IReplyTarget request ? request.Body : _attachment;

    /// <summary>Creates a message of an object for a C# process, which gets the object itself: nobody may change it any more.</summary>
    /// <param name="body">The object.</param>
    /// <param name="tag">The tag that a selective receive can ask for, or <see cref="NoTag"/>.</param>
    public static Message Of(object body, long tag = NoTag)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new Message(tag, body);
    }

    internal static Message LinkDied(long tag, ProcessId process, ExitReason? reason) => new(MessageKind.LinkDied, tag, new ExitNotice(process, reason));

    internal static Message ProcessDied(ProcessId process, ExitReason? reason) => new(MessageKind.ProcessDied, NoTag, new ExitNotice(process, reason));
}
