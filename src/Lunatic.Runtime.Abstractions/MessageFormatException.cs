namespace Lunatic.Runtime;

/// <summary>Bytes are not what a serializer was asked to read.</summary>
public sealed class MessageFormatException : LunaticException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="innerException">What the underlying library said.</param>
    public MessageFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
