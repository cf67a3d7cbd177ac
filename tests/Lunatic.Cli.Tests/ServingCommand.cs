using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lunatic.Cli.Tests;

/// <summary>The command with a guest that serves, and clients of it.</summary>
internal static class ServingCommand
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits for the line in which a guest says where it listens; returns the port.</summary>
    public static async Task<int> ReadPortAsync(this LunaticCommand command)
    {
        string? line = await command.ReadLineAsync();
        Assert.That(line, Does.StartWith("listening on 127.0.0.1:"));
        return int.Parse(line!.AsSpan(line!.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
    }

    /// <summary>A port that nobody uses now.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public static async Task<TcpClient> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Patience);
        return client;
    }
}
