using System.Text;
using Lunatic.Runtime;
using Lunatic.Runtime.Supervision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Error);
builder.Services.AddLunatic()
    .AddEnvironment("sandbox", options => options.MaxMemory = 1 << 20)
    .AddModule("clock", "clock.wat")
    .AddSupervisor("workers", "sandbox", (services, tree) => tree
        .WithBackoff(RestartBackoff.Exponential(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1)))
        .AddProcess("greeter", GreetAsync)
        .AddGuest("clock", services.GetRequiredKeyedService<LunaticModule>("clock"), "tick"));

using IHost host = builder.Build();
await host.StartAsync();

Supervisor workers = host.Services.GetRequiredKeyedService<Supervisor>("workers");
ChildHandle greeter = workers["greeter"], clock = workers["clock"];
Console.WriteLine(await AskAsync("Joe"));

// one crash ends a C# worker, one a guest; both come back, and the handles stay the same
await CrashAsync(greeter);
await CrashAsync(clock);
Console.WriteLine(await AskAsync("Robert"));
foreach (ChildSnapshot child in workers.GetSnapshot().Children)
    Console.WriteLine($"{child.Name}: {child.State}, {child.Restarts} restart, last end: {child.LastExit!.Message}");

// as Ctrl-C would: from the last to the first, each is asked and has some time to end
await host.StopAsync();
Console.WriteLine($"the workers {(await workers.Completion).Message}");

async Task<string> AskAsync(string name)
{
    LunaticProcess process = await greeter.WaitUntilRunningAsync();
    return Encoding.UTF8.GetString(await process.RequestAsync(Encoding.UTF8.GetBytes(name), TimeSpan.FromSeconds(10)));
}

static async Task CrashAsync(ChildHandle child)
{
    LunaticProcess process = await child.WaitUntilRunningAsync();
    process.Send(Message.NoTag, "crash"u8);
    Console.WriteLine($"{child.Name} crashed: {(await process.Completion).Message}");
    await child.WaitUntilRunningAsync();
}

static async Task GreetAsync(NativeProcessContext context)
{
    try
    {
        while (true)
        {
            Message request = await context.ReceiveAsync(context.StopRequested);
            if (!context.Reply(request, Encoding.UTF8.GetBytes($"Hello, {Encoding.UTF8.GetString(request.Data.Span)}!")))
                throw new InvalidDataException("nobody asked for a greeting");
        }
    }
    finally
    {
        Console.WriteLine("the greeter tidies up");
    }
}
