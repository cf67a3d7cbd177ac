// One room for browsers (WebSocket) and telnet. The room, the telnet listener and each client are C# processes; the dice are a guest.
using Chat;
using Lunatic.Runtime;
using Lunatic.Runtime.Supervision;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddLunatic()
    .AddEnvironment("chat", options =>
    {
        options.MaxMemory = 1 << 20;
        options.AllowedNamespaces = ["lunatic::message", "wasi_snapshot_preview1"];
        // what a client that does not read may keep waiting
        options.MaxMailboxMessages = 1_000;
        options.MailboxFullPolicy = MailboxFullPolicy.DropOldest;
    })
    .AddModule("dice", "dice.wat")
    .AddSupervisor("chat", "chat", (services, tree) => tree
        .OnEvent(news =>
        {
            if (news is { Kind: SupervisorEventKind.Restarted, Child.Name: Room.Dice })
                services.GetRequiredKeyedService<LunaticEnvironment>("chat").FindProcess(Room.Name)?.Send(Message.Of(new DiceAreBack()));
        })
        .AddProcess("room", context => new Room().RunAsync(context), child => child.RegisterAs = Room.Name)
        .AddGuest("dice", services.GetRequiredKeyedService<LunaticModule>("dice"), "serve", configure: child => child.RegisterAs = Room.Dice)
        .AddProcess("telnet", services.GetRequiredService<TelnetListener>().RunAsync));
builder.Services.AddSingleton<TelnetListener>();

await using WebApplication app = builder.Build();
app.UseWebSockets();
app.MapGet("/", () => Results.Stream(typeof(Room).Assembly.GetManifestResourceStream("page.html")!, "text/html; charset=utf-8"));
app.MapLunatic("/lunatic");     // the dashboard: who is there and what they do
app.MapProcess("/chat", "chat", async (process, http) =>
{
    if (!http.WebSockets.IsWebSocketRequest)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return;
    }
    using var line = new WebSocketLine(await http.WebSockets.AcceptWebSocketAsync());
    await Client.RunAsync(process, line, app.Lifetime.ApplicationStopping);
});
await app.RunAsync();
