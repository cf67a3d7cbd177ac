using System.Text;
using Lunatic.Runtime.Supervision;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Lunatic.Runtime.AspNetCore.Tests.Dashboard;

/// <summary>An application with something to look at: supervised guests and C# processes, a pair that exchanges messages, processes with names, and one whose names are an attack.</summary>
internal static class Shop
{
    /// <summary>What a hostile guest might call itself.</summary>
    internal const string HostileName = "<img src=x onerror=alert(1)>\"'&\u202Etxt</script><script>document.title='owned'</script>";

    private const string Pricing = """
        (module $<img_src=x_onerror=alert>
          (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
          (memory 1)
          (func $await_request (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1))))
          (func $<b>serve_one</b> (call $await_request))
          (func (export "serve") (loop $forever (call $<b>serve_one</b>) (br $forever))))
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    internal static void AddTo(IServiceCollection services) => services.AddLunatic(options => options.Workers = 2)
        .AddEnvironment("shop", options => options.MaxMemory = 16 << 20)
        .AddModule("pricing", _ => new MemoryStream(Encoding.UTF8.GetBytes(Pricing)))
        .AddSupervisor("orders", "shop", static (services, tree) => tree
            .WithStrategy(RestartStrategy.RestForOne)
            .AddProcess("stock", WaitAsync, child => child.RegisterAs = "stock")
            .AddGuest("pricing", services.GetRequiredKeyedService<LunaticModule>("pricing"), "serve", configure: child => child.RegisterAs = "pricing")
            .AddSupervisor("mail", mail => mail.AddProcess("sender", WaitAsync)));

    /// <summary>Spawns processes beside the supervised ones.</summary>
    internal static async Task PopulateAsync(IServiceProvider services, int count)
    {
        LunaticEnvironment shop = services.GetRequiredKeyedService<LunaticEnvironment>("shop");
        for (int i = 1; i <= count; i++)
        {
            LunaticProcess worker = shop.Spawn(WaitAsync);
            if (i % 3 == 0)
                shop.Register($"worker-{i}", worker);
            for (int messages = i % 7; messages > 0; messages--)
                worker.Send(1, [1, 2, 3]);
        }
        LunaticModule hostile = await services.GetRequiredService<LunaticRuntime>().CompileAsync(Encoding.UTF8.GetBytes(Pricing)).WaitAsync(Limit);
        shop.Register(HostileName, await shop.SpawnAsync(hostile, "serve").WaitAsync(Limit));
    }

    /// <summary>Two processes that exchange messages until the environment ends, not as fast as they can.</summary>
    internal static void StartTalk(IServiceProvider services)
    {
        LunaticEnvironment shop = services.GetRequiredKeyedService<LunaticEnvironment>("shop");
        LunaticProcess listener = shop.Spawn(async context =>
        {
            await foreach (Message message in context.Mailbox.ReadAllAsync(context.Killed))
                context.Spawn(static _ => Task.CompletedTask);
        }, new SpawnOptions { Name = "listener" });
        shop.Spawn(async context =>
        {
            while (true)
            {
                for (int i = Random.Shared.Next(40); i >= 0; i--)
                    listener.Send(1, [1]);
                await context.SleepAsync(TimeSpan.FromMilliseconds(50));
            }
        }, new SpawnOptions { Name = "talker" });
    }

    internal static Uri AddressOf(WebApplication application) =>
        new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    internal static async Task WaitAsync(NativeProcessContext context) => await context.ReceiveAsync(tags: [99]);
}
