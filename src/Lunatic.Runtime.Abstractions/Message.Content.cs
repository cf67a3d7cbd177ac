using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lunatic.Runtime;

/// <summary>How the runtime builds and reads messages in place (guests write and read them byte by byte).</summary>
public sealed partial class Message
{
    // places for resources, taken ones included
    private const int MaxResources = 10_000;

    // room beyond this comes from a pool, so that large messages leave little to collect
    private const int LeastPooled = 8192;

    private byte[] _buffer;

    // whether the buffer is the pool's, and goes back to it: not once anybody got hold of it
    private bool _isPooled;

    // One of: ExitNotice (news of a death), List<object?> (resources, of data only), IReplyTarget (a request), any object (of a message of an object). None of them occurs together with another.
    private object? _attachment;

    /// <summary>Number of bytes written so far.</summary>
    internal int Length { get; private set; }

    /// <summary>Bytes that there is room for without growing.</summary>
    internal int Capacity => _buffer.Length;

    /// <summary>Where the receiver reads next. Unchecked: a guest may seek anywhere.</summary>
    internal ulong Position { get; set; }

    /// <summary>Attached resources; a taken one leaves null. Null while there are none.</summary>
    internal List<object?>? Resources => Kind is MessageKind.Data ? _attachment as List<object?> : null;

    /// <summary>Who waits for the reply, if the message is a request.</summary>
    internal IReplyTarget? ReplyTarget => _attachment as IReplyTarget;

    /// <summary>Neighbours in the receiver's mailbox: towards the head, and the next of the same tag.</summary>
    internal Message? Previous, NextOfTag;

    /// <summary>The number of its arrival in the receiver's mailbox, from 1.</summary>
    internal long Arrival;

    /// <summary>An empty message with room for some bytes, to be written.</summary>
    internal static Message Empty(long tag, int capacity) => new(tag, new byte[capacity]) { Length = 0 };

    internal static Message Request(long tag, byte[] data, IReplyTarget target) => new(tag, data) { _attachment = target };

    /// <summary>A request that is an object: the target has it.</summary>
    internal static Message Request(long tag, IReplyTarget target) => new(tag, target);

    /// <summary>The written bytes for reading in place; valid until the next write.</summary>
    internal ReadOnlySpan<byte> Written => new(_buffer, 0, Length);

    /// <summary>Adds bytes at the end.</summary>
    /// <returns>False: the message would be larger than <paramref name="maxLength"/>; nothing is added.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryAppend(ReadOnlySpan<byte> data, int maxLength)
    {
        if (data.Length > _buffer.Length - Length && !TryGrow(data.Length, maxLength))
            return false;
        data.CopyTo(_buffer.AsSpan(Length));
        Length += data.Length;
        return true;
    }

    /// <summary>Adds a number's bytes at the end, if there is room for them already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryAppend<T>(T value)
        where T : unmanaged
    {
        int length = Length;
        if (_buffer.Length - length < Unsafe.SizeOf<T>())
            return false;
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), length), value);
        Length = length + Unsafe.SizeOf<T>();
        return true;
    }

    /// <summary>The number whose bytes are at the read position, if there are so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryPeek<T>(out T value)
        where T : unmanaged
    {
        if (Position <= (ulong)Length && Length - (long)Position >= Unsafe.SizeOf<T>())
        {
            value = Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), (int)Position));
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>Attaches a resource.</summary>
    /// <returns>Its index.</returns>
    internal int Attach(object resource)
    {
        if (_attachment is not List<object?> resources)
        {
            if (_attachment is not null)
                throw new InvalidOperationException("Resources can be attached to data messages that are no requests only.");
            _attachment = resources = [];
        }
        if (resources.Count >= MaxResources)
            throw new LimitExceededException("Resources of a message", MaxResources);
        resources.Add(resource);
        return resources.Count - 1;
    }

    /// <summary>Releases what nobody will take out of the message any more, and tells a requester that no reply will come.</summary>
    internal void Abandon()
    {
        object? attachment = _attachment;
        _attachment = null;
        if (_isPooled)
        {
            GiveBackBuffer();
            Length = 0;
        }
        if (Kind is MessageKind.Data && attachment is List<object?> resources)
        {
            foreach (object? resource in resources)
                Release(resource);
        }
        else if (attachment is IReplyTarget target)
        {
            target.Fail((ExitReason?)null);
        }
    }

    private static void Release(object? resource)
    {
        try
        {
            (resource as IDisposable)?.Dispose();
        }
        catch (Exception)
        {
            // Messages are abandoned on timer and worker threads, where nobody could be told, and the other resources must be released too.
        }
    }

    // the room never goes beyond the limit, so what fits into it needs no other check
    private bool TryGrow(int more, int maxLength)
    {
        long needed = (long)Length + more;
        if (needed > maxLength)
            return false;
        int length = (int)Math.Min(maxLength, Math.Max(needed, Math.Max(16, 2L * _buffer.Length)));
        // what lies behind the written bytes is never read, so it need not be zeros
        byte[] larger = length < LeastPooled ? GC.AllocateUninitializedArray<byte>(length) : ArrayPool<byte>.Shared.Rent(length);
        bool isPooled = length >= LeastPooled;
        if (larger.Length > maxLength)
        {
            ArrayPool<byte>.Shared.Return(larger);
            larger = GC.AllocateUninitializedArray<byte>(length);
            isPooled = false;
        }
        Written.CopyTo(larger);
        GiveBackBuffer();
        (_buffer, _isPooled) = (larger, isPooled);
        return true;
    }

    private void GiveBackBuffer()
    {
        if (!_isPooled)
            return;
        _isPooled = false;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
