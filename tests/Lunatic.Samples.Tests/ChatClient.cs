namespace Lunatic.Samples.Tests;

/// <summary>A client of the chat. Every wait is bounded.</summary>
internal abstract class ChatClient : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends a line.</summary>
    public abstract Task SayAsync(string line);

    /// <summary>Reads lines up to one that begins with a text, and returns that.</summary>
    public async Task<string> ReadUntilAsync(string beginning)
    {
        var seen = new List<string>();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (await ReadAsync(patience.Token) is { } line)
            {
                seen.Add(line);
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                    return line;
            }
            throw new AssertionException($"the connection was closed before '{beginning}' came: {string.Join(" | ", seen)}");
        }
        catch (OperationCanceledException)
        {
            throw new AssertionException($"no line that begins with '{beginning}' within {Patience}: {string.Join(" | ", seen)}");
        }
    }

    public abstract void Dispose();

    private protected abstract Task<string?> ReadAsync(CancellationToken cancellationToken);
}
