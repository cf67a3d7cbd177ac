using System.Globalization;
using Lunatic.TestSupport;

namespace Lunatic.Cli.Tests;

/// <summary>The TLS guest of the shared folder, run by the command, with OpenSSL and with itself.</summary>
[TestFixture]
public sealed class TlsGuestTests : CommandTestBase
{
    private const string Extensions = "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n";

    private static string Guest => SharedFolder.Path("guests", "tls.wasm");

    [Test]
    public async Task OpenSsl_speaks_with_a_guest()
    {
        await MakeCertificatesAsync();
        using LunaticCommand command = LunaticCommand.Start(Folder, Guest, "server", ".");
        int port = await command.ReadPortAsync();
        // the pause lets the answer come before OpenSSL sees the end of its input
        CommandResult result = await Tool.RunAsync(
            Folder, "hello over tls\n", "sh", "-c",
            $"(cat; sleep 1) | openssl s_client -connect 127.0.0.1:{port} -servername localhost -CAfile ca.pem -verify_return_error -quiet -no_ign_eof");
        Assert.That(result.Output, Is.EqualTo("hello over tls\n"), result.Error);
        Assert.That(result.Error, Does.Contain("verify return:1"));
    }

    [Test]
    public async Task Guests_speak_with_each_other()
    {
        await MakeCertificatesAsync();
        using LunaticCommand command = LunaticCommand.Start(Folder, Guest, "server", ".");
        int port = await command.ReadPortAsync();
        CommandResult[] results = await Task.WhenAll(Enumerable.Range(0, 3).Select(number =>
            RunAsync(Guest, "client", ".", "localhost", port.ToString(CultureInfo.InvariantCulture), $"text {number}")));
        Assert.That(results.Select(result => result.Output), Is.EqualTo(new[] { "echoed \"text 0\"\n", "echoed \"text 1\"\n", "echoed \"text 2\"\n" }), results[0].Error);
    }

    private async Task MakeCertificatesAsync()
    {
        Write("extensions", Extensions);
        await OpenSslAsync("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=authority -days 2");
        await OpenSslAsync("req -newkey rsa:2048 -nodes -keyout key.pem -out request -subj /CN=localhost");
        await OpenSslAsync("x509 -req -in request -CA ca.pem -CAkey ca.key -CAcreateserial -out cert.pem -extfile extensions -days 2");
    }

    private async Task OpenSslAsync(string arguments)
    {
        CommandResult result = await Tool.RunAsync(Folder, "", "openssl", arguments.Split(' '));
        Assert.That(result.Status, Is.Zero, result.Error);
    }
}
