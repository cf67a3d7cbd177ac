using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lunatic.Runtime.HostApi.Distributed;

/// <summary>Certificates for nodes and their control server, signed by an authority that whoever asks makes for itself: no key is built in.</summary>
internal static class NodeCertificates
{
    private const string AuthorityName = "CN=Lunatic test authority";
    private const string ServerName = "ctrl.lunatic.cloud";
    private const int SerialBytes = 16;
    private const int Years = 10;

    /// <summary>Makes an authority; certificate and PKCS#8 key in PEM.</summary>
    public static (string Certificate, string Key) CreateAuthority(DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(AuthorityName, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Makes a control server's certificate and key.</summary>
    /// <exception cref="CryptographicException">The authority cannot sign.</exception>
    public static (string Certificate, string Key) CreateServer(X509Certificate2 authority)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={ServerName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(ServerName);
        request.CertificateExtensions.Add(names.Build());
        return (Sign(authority, request), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Signs what a node asks for. Of its wishes only the names are granted: no node can become an authority.</summary>
    /// <returns>The certificate; null: the request is none, or was changed.</returns>
    /// <exception cref="CryptographicException">The authority cannot sign.</exception>
    public static string? Sign(X509Certificate2 authority, string requestPem)
    {
        CertificateRequest wanted;
        try
        {
            wanted = CertificateRequest.LoadSigningRequestPem(requestPem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
        var request = new CertificateRequest(wanted.SubjectName, wanted.PublicKey, HashAlgorithmName.SHA256);
        foreach (X509Extension names in wanted.CertificateExtensions.Where(static extension => extension is X509SubjectAlternativeNameExtension))
            request.CertificateExtensions.Add(names);
        return Sign(authority, request);
    }

    /// <summary>Reads an authority from PEM.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static X509Certificate2 Read(string certificatePem, string keyPem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificatePem, keyPem);
        }
        catch (ArgumentException exception)
        {
            throw new CryptographicException("the key does not belong to the certificate", exception);
        }
    }

    private static string Sign(X509Certificate2 authority, CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)authority.GetECDsaPrivateKey() ?? authority.GetRSAPrivateKey()
            ?? throw new CryptographicException("the authority's key is neither ECDSA nor RSA");
        X509SignatureGenerator signer = key is ECDsa curve ? X509SignatureGenerator.CreateForECDsa(curve) : X509SignatureGenerator.CreateForRSA((RSA)key, RSASignaturePadding.Pkcs1);
        using X509Certificate2 signed = request.Create(authority.SubjectName, signer, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(SerialBytes));
        return signed.ExportCertificatePem();
    }
}
