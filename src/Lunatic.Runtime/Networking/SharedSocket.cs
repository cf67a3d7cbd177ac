namespace Lunatic.Runtime.Networking;

/// <summary>
/// A socket with several holders, in tables of processes and in messages. Each holder disposes of it once, to let go of it; the last one closes it.
/// </summary>
internal abstract class SharedSocket : IDisposable
{
    private int _holders = 1;

    protected SharedSocket(NetworkServices network)
    {
        Network = network;
        network.Opened();
    }

    protected NetworkServices Network { get; }

    /// <summary>Counts one holder more. The caller is a holder.</summary>
    public void Share() => Interlocked.Increment(ref _holders);

    /// <summary>Lets go for one holder.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            Network.Track(CloseCountedAsync());
    }

    /// <summary>Closes the socket, within <see cref="NetworkServices.Linger"/>. Once; no process uses it any more.</summary>
    protected abstract ValueTask CloseAsync();

    private async Task CloseCountedAsync()
    {
        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (NetworkErrors.IsExpected(exception))
        {
            // nobody is left who could be told
        }
        finally
        {
            Network.Closed();
        }
    }
}
