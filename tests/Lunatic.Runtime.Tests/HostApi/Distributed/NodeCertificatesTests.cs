using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lunatic.Runtime.HostApi.Distributed;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Distributed;

[TestFixture]
public sealed class NodeCertificatesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_server_s_certificate_is_signed_by_the_authority()
    {
        (string certificate, string key) = NodeCertificates.CreateAuthority(Now);
        using X509Certificate2 authority = NodeCertificates.Read(certificate, key);
        (string server, string serverKey) = NodeCertificates.CreateServer(authority);
        using X509Certificate2 signed = X509Certificate2.CreateFromPem(server, serverKey);
        Assert.That(Verifies(signed, authority), Is.True);
        Assert.That(signed.MatchesHostname("ctrl.lunatic.cloud"), Is.True);
    }

    [Test]
    public void A_node_gets_the_names_it_asks_for_and_nothing_else()
    {
        (string certificate, string key) = NodeCertificates.CreateAuthority(Now);
        using X509Certificate2 authority = NodeCertificates.Read(certificate, key);
        using ECDsa nodeKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", nodeKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("node-1");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using X509Certificate2 signed = X509Certificate2.CreateFromPem(NodeCertificates.Sign(authority, request.CreateSigningRequestPem())!);
        Assert.That(Verifies(signed, authority), Is.True);
        Assert.That(signed.MatchesHostname("node-1"), Is.True);
        Assert.That(signed.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority, Is.False);
        Assert.That(NodeCertificates.Sign(authority, "no request"), Is.Null);
    }

    [Test]
    public async Task A_guest_makes_an_authority_and_a_server()
    {
        // two strings with lengths of 64 bits: certificate and key of the authority go back in
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (global $free (mut i32) (i32.const 1024))
            (func (export "lunatic_alloc") (param i32) (result i32)
              (global.get $free)
              (global.set $free (i32.add (global.get $free) (local.get 0))))
            (func (export "main") (local $pair i32) (local $key i32)
              (local.set $pair (call $distributed.test_root_cert (i32.const 0)))
              (call $report32 (i32.load (i32.const 0)))
              (local.set $key (i32.add (i32.add (local.get $pair) (i32.const 8)) (i32.load (local.get $pair))))
              (call $report32 (i32.ne (i32.const 0) (call $distributed.default_server_certificates
                (i32.add (local.get $pair) (i32.const 8)) (i32.load (local.get $pair)) (i32.add (local.get $key) (i32.const 8)) (i32.load (local.get $key)) (i32.const 4))))
              (call $report32 (call $distributed.sign_node
                (i32.add (local.get $pair) (i32.const 8)) (i32.load (local.get $pair)) (i32.add (local.get $key) (i32.const 8)) (i32.load (local.get $key))
                (i32.const 0) (i32.const 4) (i32.const 4)))
              (drop (call $distributed.default_server_certificates (i32.const 0) (i32.const 4) (i32.const 0) (i32.const 4) (i32.const 4))))
            """);
        Assert.That(reports.Skip(1), Is.EqualTo(new long[] { 1, 0 }), "what is no request gives null");
        Assert.That(reports[0], Is.GreaterThan(500));
        Assert.That(exit.Message, Does.Contain("certificate and key of the authority cannot be read"));
    }

    private static bool Verifies(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Now.AddDays(1).UtcDateTime;
        return chain.Build(certificate);
    }
}
