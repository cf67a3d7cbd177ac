using System.Net;
using System.Net.Sockets;
using Lunatic.Runtime;

namespace Chat;

/// <summary>Takes telnet clients (port <c>Telnet:Port</c> of the configuration, by default any that is free): each gets a process.</summary>
internal sealed partial class TelnetListener(IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<TelnetListener> logger)
{
    /// <summary>The body of the process that listens.</summary>
    public async Task RunAsync(NativeProcessContext context)
    {
        using var listener = new TcpListener(IPAddress.Loopback, configuration.GetValue("Telnet:Port", 0));
        listener.Start();
        LogListening(logger, listener.LocalEndpoint);
        while (true)
        {
            TcpClient client = await listener.AcceptTcpClientAsync(context.StopRequested);
            context.Spawn(process => ServeAsync(process, client));
        }
    }

    private async Task ServeAsync(NativeProcessContext context, TcpClient client)
    {
        using (client)
            await Client.RunAsync(context, new TelnetLine(client.GetStream()), lifetime.ApplicationStopping);
    }

    [LoggerMessage(1, LogLevel.Information, "Telnet clients connect to {EndPoint}.")]
    private static partial void LogListening(ILogger logger, EndPoint endPoint);
}
