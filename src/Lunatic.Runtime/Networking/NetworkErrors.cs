using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Lunatic.Runtime.Networking;

/// <summary>The texts by which guests learn what went wrong.</summary>
internal static class NetworkErrors
{
    /// <summary>The system's text, for example "Connection refused".</summary>
    public static string TextOf(SocketError error) => new SocketException((int)error).Message;

    /// <summary>Whether an exception says something about the network, an address or a certificate, so that the guest is told and goes on.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is SocketException or IOException or AuthenticationException or CryptographicException or OperationCanceledException or ObjectDisposedException or ArgumentException or NotSupportedException;

    /// <summary>The texts of an exception and of its causes.</summary>
    public static string TextOf(Exception exception)
    {
        string text = exception.Message;
        for (Exception? cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (!text.Contains(cause.Message, StringComparison.Ordinal))
                text = $"{text}: {cause.Message}";
        }
        return text;
    }
}
