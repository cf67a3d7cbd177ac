using System.Net;
using Lunatic.Runtime.HostApi.Networking;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Resources;

namespace Lunatic.Runtime.HostApi;

// Sockets. The answer of most calls is a result and, at a pointer, 64 bits: an id or a count with result 0, the id of an error with result 1.
internal sealed partial class ProcessContext
{
    /// <summary>The process's calls to sockets: it makes one at a time, so one object of each kind is enough.</summary>
    public StreamRead StreamReading => field ??= new StreamRead(Process);

    /// <inheritdoc cref="StreamReading"/>
    public StreamWrite StreamWriting => field ??= new StreamWrite(Process);

    /// <inheritdoc cref="StreamReading"/>
    public StreamFlush StreamFlushing => field ??= new StreamFlush(Process);

    /// <inheritdoc cref="StreamReading"/>
    public DatagramReceive DatagramReceiving => field ??= new DatagramReceive(Process);

    /// <inheritdoc cref="StreamReading"/>
    public TcpAccept TcpAccepting => field ??= new TcpAccept(Process);

    /// <inheritdoc cref="StreamReading"/>
    public TlsAccept TlsAccepting => field ??= new TlsAccept(Process);

    /// <summary>The sockets that the process holds.</summary>
    public SocketTables Sockets => Resources.Sockets;

    /// <summary>Answers with an id or a count: 0.</summary>
    public int Succeed(int pointer, long value)
    {
        TryWriteInt64(pointer, value);
        return 0;
    }

    /// <summary>Answers with an error: 1.</summary>
    public int Fail(int pointer, string error)
    {
        TryWriteInt64(pointer, Resources.Errors.Add(error));
        return 1;
    }

    /// <summary>Answers with the number of bytes that were moved, or an error.</summary>
    public int Answer(int pointer, IoResult result) =>
        result.Status is IoStatus.Done ? Succeed(pointer, result.Count) : Fail(pointer, result.Error!);

    /// <summary>Answers with an iterator over one address.</summary>
    public int Succeed(int pointer, IPEndPoint address) => Succeed(pointer, Sockets.Addresses.Add(new AddressIterator(address)));

    /// <summary>Checks the place of an id, a count or an error before something is done that could not be told.</summary>
    public bool CanWriteInt64(int pointer) => TryGetMemory(pointer, sizeof(long), out _);
}
