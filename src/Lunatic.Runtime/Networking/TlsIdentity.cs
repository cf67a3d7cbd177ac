using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lunatic.Runtime.Networking;

/// <summary>The certificate and private key by which a server shows who it is, from the texts that a guest gives.</summary>
internal static class TlsIdentity
{
    private const string CertificateLabel = "CERTIFICATE";
    private const string KeyLabel = "PRIVATE KEY";

    /// <summary>Finds the one certificate of a text.</summary>
    /// <param name="pem">The text: PEM with exactly one block, a certificate.</param>
    /// <param name="block">That block.</param>
    /// <param name="mistake">What is wrong with the text.</param>
    public static bool TryFindCertificate(string pem, out ReadOnlySpan<char> block, [NotNullWhen(false)] out string? mistake) =>
        TryFindOnly(pem, CertificateLabel, "certificate (PEM block CERTIFICATE)", out block, out mistake);

    /// <summary>Finds the one private key of a text, PKCS#8.</summary>
    public static bool TryFindKey(string pem, out ReadOnlySpan<char> block, [NotNullWhen(false)] out string? mistake) =>
        TryFindOnly(pem, KeyLabel, "PKCS#8 private key (PEM block PRIVATE KEY)", out block, out mistake);

    /// <summary>Joins a certificate with its key.</summary>
    /// <exception cref="CryptographicException">One of them is unusable, or they do not belong together.</exception>
    public static SslStreamCertificateContext Create(ReadOnlySpan<char> certificate, ReadOnlySpan<char> key)
    {
        X509Certificate2 joined = X509Certificate2.CreateFromPem(certificate, key);
        // the TLS of Windows takes no key that was never stored
        if (OperatingSystem.IsWindows())
            joined = X509CertificateLoader.LoadPkcs12(joined.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(joined, additionalCertificates: null, offline: true);
    }

    /// <summary>The certificates among texts; what is none is left out.</summary>
    public static X509Certificate2Collection ReadRoots(IEnumerable<string> texts)
    {
        var roots = new X509Certificate2Collection();
        foreach (string text in texts)
        {
            try
            {
                roots.ImportFromPem(text);
            }
            catch (CryptographicException)
            {
                // whoever relies on it sees that the server is not trusted
            }
        }
        return roots;
    }

    private static bool TryFindOnly(string pem, string label, string what, out ReadOnlySpan<char> block, [NotNullWhen(false)] out string? mistake)
    {
        block = default;
        int found = 0;
        ReadOnlySpan<char> rest = pem;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            if (rest[fields.Label].SequenceEqual(label))
            {
                block = rest[fields.Location];
                found++;
            }
            rest = rest[fields.Location.End..];
        }
        mistake = found == 1 ? null : $"exactly one {what} is needed, the text has {found}";
        return found == 1;
    }
}
