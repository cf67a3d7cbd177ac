namespace Chat;

/// <summary>The connection to a client: lines in both directions.</summary>
internal interface IChatLine
{
    /// <summary>The longest line that clients may send, in bytes; one that sends more is gone.</summary>
    const int MaxLength = 1024;

    /// <summary>The next line; null: the client is gone.</summary>
    Task<string?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sends a line.</summary>
    Task WriteAsync(string line, CancellationToken cancellationToken);
}
