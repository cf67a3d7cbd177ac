using System.Runtime.CompilerServices;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.Stdio;

/// <summary>
/// Where standard input of guests comes from: a stream of the host, shared by many processes. The stream is read in the background, a piece at a time
/// and only on demand; guests never wait inside a read, they are told when there is something (<see cref="WhenReady"/>).
/// </summary>
internal sealed class StandardInput(Stream stream)
{
    private const int BufferBytes = 64 * 1024;

    private static readonly ConditionalWeakTable<Stream, StandardInput> ByStream = [];

    private readonly Lock _lock = new();
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _reading;
    private bool _ended;
    private Errno _error;
    private HashSet<Action>? _waiting;

    /// <summary>Whether a person writes it.</summary>
    public bool IsTerminal { get; } = HostConsole.IsTerminal(stream);

    /// <summary>The one input over a stream, whoever asks.</summary>
    public static StandardInput Over(Stream stream) => ByStream.GetValue(stream, static stream => new StandardInput(stream));

    /// <summary>Whether a read would give bytes, the end or an error at once.</summary>
    public bool IsReady
    {
        get
        {
            lock (_lock)
                return _end > _start || _ended || _error != Errno.Success;
        }
    }

    /// <summary>Bytes that a read would find at once.</summary>
    public uint Available
    {
        get
        {
            lock (_lock)
                return (uint)(_end - _start);
        }
    }

    /// <summary>
    /// Takes what is there: 0 bytes at the end of the input, <see cref="Errno.Again"/> when nothing has come yet (then see <see cref="WhenReady"/>).
    /// </summary>
    public Errno TryRead(Span<byte> target, out int count)
    {
        count = 0;
        if (target.IsEmpty)
            return Errno.Success;
        lock (_lock)
        {
            if (_end > _start)
            {
                count = Math.Min(target.Length, _end - _start);
                _buffer.AsSpan(_start, count).CopyTo(target);
                _start += count;
                return Errno.Success;
            }
            if (_error != Errno.Success)
            {
                // told once; the next read tries again
                Errno error = _error;
                _error = Errno.Success;
                return error;
            }
            return _ended ? Errno.Success : Errno.Again;
        }
    }

    /// <summary>
    /// Calls <paramref name="ready"/> once when there is something to read; at once when there is already. Several may wait, one of them gets the bytes.
    /// Asking again with an equal delegate changes nothing.
    /// </summary>
    /// <param name="ready">What is called.</param>
    /// <param name="runReader">Runs what reads the stream.</param>
    public void WhenReady(Action ready, Action<Action> runReader)
    {
        lock (_lock)
        {
            if (_end == _start && !_ended && _error == Errno.Success)
            {
                (_waiting ??= []).Add(ready);
                if (!_reading)
                {
                    _reading = true;
                    runReader(ReadOnce);
                }
                return;
            }
        }
        ready();
    }

    /// <summary>Takes back <see cref="WhenReady"/>: whoever waited for something else, too, or ended.</summary>
    public void Forget(Action ready)
    {
        lock (_lock)
            _waiting?.Remove(ready);
    }

    private void ReadOnce()
    {
        int count = 0;
        Errno error = Errno.Success;
        _buffer ??= new byte[BufferBytes];
        try
        {
            count = stream.Read(_buffer, 0, _buffer.Length);
        }
        catch (Exception reason)
        {
            // the application's stream: whatever it throws, the guests that wait are told
            error = reason is ObjectDisposedException ? Errno.BadF : Errno.Io;
        }
        HashSet<Action>? waiting;
        lock (_lock)
        {
            _start = 0;
            _end = count;
            _error = error;
            _ended = count == 0 && error == Errno.Success;
            _reading = false;
            waiting = _waiting;
            _waiting = null;
        }
        foreach (Action ready in waiting ?? [])
            ready();
    }
}
