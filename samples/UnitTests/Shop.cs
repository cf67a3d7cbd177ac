using System.Buffers.Binary;
using Lunatic.Runtime;
using Lunatic.Runtime.Supervision;

namespace UnitTests;

/// <summary>What the stock is asked.</summary>
internal abstract record StockMessage;

/// <summary>How many items are left.</summary>
internal sealed record CountItems : StockMessage, IRequest<int>;

/// <summary>Takes items out, without asking whether they are there.</summary>
internal sealed record RemoveItems(int Count) : StockMessage;

/// <summary>Takes items out if they are there.</summary>
internal sealed record TakeItems(int Count) : StockMessage, IRequest<bool>;

/// <summary>What a clerk tells the customer.</summary>
internal sealed record Answer(bool Sold, int Cents);

/// <summary>The items of the shop: a C# process with typed messages.</summary>
internal sealed class Stock(int items) : TypedProcess<StockMessage>
{
    private int _items = items;

    protected override ValueTask HandleAsync(StockMessage message)
    {
        switch (message)
        {
            case CountItems count:
                Reply(count, _items);
                break;
            case RemoveItems remove:
                _items -= remove.Count;
                break;
            case TakeItems take:
                bool enough = _items >= take.Count;
                _items -= enough ? take.Count : 0;
                Reply(take, enough);
                break;
        }
        return default;
    }
}

/// <summary>A shop: a guest that knows the prices, a stock, and a clerk for each order.</summary>
internal sealed class Shop
{
    private readonly LunaticEnvironment _environment;

    private Shop(LunaticEnvironment environment, Supervisor supervisor) => (_environment, Supervisor) = (environment, supervisor);

    public Supervisor Supervisor { get; }

    public ProcessHandle<StockMessage> Stock => new(_environment.FindProcess("stock") ?? throw new InvalidOperationException("The stock is being restarted."));

    public static async Task<Shop> OpenAsync(LunaticEnvironment environment, LunaticModule pricing, int items) => new(
        environment,
        await environment.SuperviseAsync("shop", tree => tree
            .AddProcess("stock", context => new Stock(items).RunAsync(context), child => child.RegisterAs = "stock")
            .AddGuest("pricing", pricing, "serve", configure: child => child.RegisterAs = "pricing")));

    /// <summary>Sells an item, as one would write it in a hurry: asks whether there is one, and takes it later.</summary>
    public LunaticProcess SellInAHurry(ProcessHandle<Answer> customer) => _environment.Spawn(async context =>
    {
        int left = await Stock.RequestAsync(new CountItems(), TimeSpan.FromSeconds(1));
        int cents = await AskPriceAsync(context, 1);
        if (left > 0)
            Stock.Send(new RemoveItems(1));
        customer.Send(new Answer(left > 0, cents));
    });

    /// <summary>Sells an item.</summary>
    public LunaticProcess Sell(ProcessHandle<Answer> customer) => _environment.Spawn(async context =>
    {
        int cents = await AskPriceAsync(context, 1);
        customer.Send(new Answer(await Stock.RequestAsync(new TakeItems(1), TimeSpan.FromSeconds(1)), cents));
    });

    private static async Task<int> AskPriceAsync(NativeProcessContext context, int items)
    {
        byte[] question = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(question, context.Self.Id.LocalId);
        BinaryPrimitives.WriteInt32LittleEndian(question.AsSpan(8), items);
        while (true)
        {
            // the guest may be down for a moment: asked again until it answers
            context.FindProcess("pricing")?.Send(tag: 0, question);
            if (await context.ReceiveAsync(TimeSpan.FromMilliseconds(100), 1) is { } price)
                return BinaryPrimitives.ReadInt32LittleEndian(price.Data.Span);
        }
    }
}
