using System.Buffers.Binary;
using System.Text;
using Lunatic.Runtime;

await using var runtime = new LunaticRuntime();
LunaticEnvironment sandbox = runtime.CreateEnvironment(new EnvironmentOptions { MaxMemory = 1 << 20, MaxFuelUnits = 100 });

// compiled once, shared by all its processes
LunaticModule module = await runtime.CompileAsync(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "greeter.wat")));

// a guest, and a C# process as its peer
LunaticProcess greeter = await sandbox.SpawnAsync(module, "serve");
LunaticProcess client = sandbox.Spawn(async context =>
{
    foreach (string name in new[] { "Joe", "Robert", "Mike" })
    {
        greeter.Send(Message.NoTag, Request(context.Self.Id, name));
        Message answer = await context.ReceiveAsync();
        Console.WriteLine($"the guest says: {Encoding.UTF8.GetString(answer.Data.Span)}");
    }
});
Console.WriteLine($"the C# process {await client.Completion}");

// an endless loop and a crash end one process each, and nothing else
LunaticProcess spinning = await sandbox.SpawnAsync(module, "spin");
LunaticProcess crashing = await sandbox.SpawnAsync(module, "crash");
Console.WriteLine($"the endless loop ended: {(await spinning.Completion).Message}");
Console.WriteLine($"the crash ended: {await crashing.Completion}");

greeter.Kill();
Console.WriteLine($"the greeter was {await greeter.Completion}");

static byte[] Request(ProcessId client, string name)
{
    var request = new byte[8 + Encoding.UTF8.GetByteCount(name)];
    BinaryPrimitives.WriteInt64LittleEndian(request, client.LocalId);
    Encoding.UTF8.GetBytes(name, request.AsSpan(8));
    return request;
}
