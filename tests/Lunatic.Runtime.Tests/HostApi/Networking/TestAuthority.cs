using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

/// <summary>A certificate authority of the tests, made when it is first used, with a server certificate for <c>localhost</c> and 127.0.0.1.</summary>
internal static class TestAuthority
{
    private static readonly DateTimeOffset ValidFrom = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly X509Certificate2 RootCertificate = MakeRoot("CN=test authority");
    private static readonly X509Certificate2 ServerCertificate = MakeServer();

    /// <summary>The authority's certificate, PEM.</summary>
    public static string Root { get; } = RootCertificate.ExportCertificatePem();

    /// <summary>The certificate of an authority that has signed nothing, PEM.</summary>
    public static string OtherRoot { get; } = MakeRoot("CN=other authority").ExportCertificatePem();

    /// <summary>The server's certificate, PEM.</summary>
    public static string Certificate { get; } = ServerCertificate.ExportCertificatePem();

    /// <summary>The server's key, PEM, PKCS#8.</summary>
    public static string Key { get; } = ServerCertificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    /// <summary>A key that belongs to no certificate.</summary>
    public static string OtherKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem();

    /// <summary>The server's certificate with its key.</summary>
    public static X509Certificate2 Server => ServerCertificate;

    /// <summary>Whether a certificate was signed by the authority.</summary>
    public static bool IsSignatoryOf(X509Certificate? certificate) =>
        certificate is not null && certificate.Issuer == RootCertificate.Subject;

    private static X509Certificate2 MakeRoot(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(ValidFrom, ValidFrom.AddDays(10));
    }

    private static X509Certificate2 MakeServer()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(RootCertificate, ValidFrom, ValidFrom.AddDays(9), [1, 2, 3, 4]);
        return signed.CopyWithPrivateKey(key);
    }
}
