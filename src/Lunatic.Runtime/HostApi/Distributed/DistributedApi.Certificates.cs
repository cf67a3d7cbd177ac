using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Distributed;

// Certificates for clusters that guests set up themselves. Results lie in memory that the guest allocates, in bincode; their length is written, the address is the result.
internal static partial class DistributedApi
{
    /// <summary>Makes an authority for tests: certificate and key in PEM, as two strings. Each call makes another.</summary>
    [HostFunction("test_root_cert")]
    public static int TestRootCertificate(ProcessContext context, int lengthPointer) =>
        Give(context, NodeCertificates.CreateAuthority(context.Services.Time.GetUtcNow()), lengthPointer);

    /// <summary>Makes a control server's certificate, signed by an authority: certificate and key in PEM, as two strings. Traps when the authority is none.</summary>
    [HostFunction("default_server_certificates")]
    public static int DefaultServerCertificates(ProcessContext context, int certificatePointer, int certificateLength, int keyPointer, int keyLength, int lengthPointer)
    {
        using X509Certificate2? authority = ReadAuthority(context, certificatePointer, certificateLength, keyPointer, keyLength);
        return authority is null ? 0 : Try(context, () => Give(context, NodeCertificates.CreateServer(authority), lengthPointer));
    }

    /// <summary>Signs a node's request (PEM): the certificate as a string; 0, the request is none. Traps when the authority is none.</summary>
    [HostFunction("sign_node")]
    public static int SignNode(ProcessContext context, int certificatePointer, int certificateLength, int keyPointer, int keyLength, int requestPointer, int requestLength, int lengthPointer)
    {
        using X509Certificate2? authority = ReadAuthority(context, certificatePointer, certificateLength, keyPointer, keyLength);
        if (authority is null || !context.TryReadString(requestPointer, requestLength, "request for a certificate", out string request))
            return 0;
        return Try(context, () =>
        {
            if (NodeCertificates.Sign(authority, request) is not { } certificate)
                return 0;
            return GuestAllocation.Give(context, lengthPointer, writer => writer.WriteString(certificate));
        });
    }

    private static X509Certificate2? ReadAuthority(ProcessContext context, int certificatePointer, int certificateLength, int keyPointer, int keyLength)
    {
        if (!context.TryReadString(certificatePointer, certificateLength, "authority's certificate", out string certificate)
            || !context.TryReadString(keyPointer, keyLength, "authority's key", out string key))
            return null;
        try
        {
            return NodeCertificates.Read(certificate, key);
        }
        catch (CryptographicException exception)
        {
            context.Trap($"certificate and key of the authority cannot be read: {exception.Message}");
            return null;
        }
    }

    private static int Try(ProcessContext context, Func<int> sign)
    {
        try
        {
            return sign();
        }
        catch (CryptographicException exception)
        {
            return context.Trap($"the authority cannot sign: {exception.Message}");
        }
    }

    private static int Give(ProcessContext context, (string Certificate, string Key) pair, int lengthPointer) =>
        GuestAllocation.Give(context, lengthPointer, writer =>
        {
            writer.WriteString(pair.Certificate);
            writer.WriteString(pair.Key);
        });
}
