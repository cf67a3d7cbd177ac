using System.Net.WebSockets;
using Lunatic.Runtime;

namespace Chat;

/// <summary>A client in the room: its process sends what the room tells it, a second one reads what the client says.</summary>
internal static class Client
{
    /// <summary>The body of the first process; it ends with the connection, the room or the application (<paramref name="stopping"/>).</summary>
    public static Task RunAsync(NativeProcessContext context, IChatLine line, CancellationToken stopping) => UntilCutAsync(ServeAsync(context, line, stopping), stopping);

    private static async Task ServeAsync(NativeProcessContext context, IChatLine line, CancellationToken stopping)
    {
        await line.WriteAsync("* who are you?", stopping);
        if (await line.ReadAsync(stopping) is not { } nick || context.FindProcess(Room.Name) is not { } process)
            return;
        context.Monitor(process);
        var room = new ProcessHandle<RoomMessage>(process);
        room.Send(new Join(context.Self, nick));
        // linked: a kill of the first ends the second
        LunaticProcess reader = context.SpawnLinked(reading => UntilCutAsync(ReadAsync(reading, context.Self, room, line), stopping));
        context.Monitor(reader);
        try
        {
            // anything else is the news that the room or the reader has ended
            while ((await context.ReceiveAsync(stopping)).Body is Line said)
                await line.WriteAsync(said.Text, stopping);
        }
        finally
        {
            reader.Kill();
        }
    }

    private static async Task ReadAsync(NativeProcessContext context, LunaticProcess client, ProcessHandle<RoomMessage> room, IChatLine line)
    {
        while (await line.ReadAsync(context.Killed) is { } text)
            room.Send(new Say(client, text));
    }

    // a connection that is cut is no failure
    private static async Task UntilCutAsync(Task work, CancellationToken stopping)
    {
        try
        {
            await work;
        }
        catch (Exception exception) when (exception is IOException or WebSocketException || (exception is OperationCanceledException && stopping.IsCancellationRequested))
        {
        }
    }
}
