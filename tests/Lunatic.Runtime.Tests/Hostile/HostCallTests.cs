using System.Text;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Tests.Guests;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>Every function of the host API, called with arguments that no honest guest uses: the caller ends, or waits, and nothing else happens.</summary>
[TestFixture]
public sealed class HostCallTests
{
    private const int RandomLists = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static IEnumerable<TestCaseData> Functions() =>
        from table in HostNamespaces.All
        from function in table.Functions
        select new TestCaseData(table.Name, function.Name) { TestName = $"{table.Name}::{function.Name} with nasty arguments ends or holds up its caller only" };

    private static HostFunction Find(string hostNamespace, string name) =>
        HostNamespaces.All.Single(table => table.Name == hostNamespace).Functions.Single(function => function.Name == name);

    [Test]
    public void All_functions_of_the_interface_are_tried() => Assert.That(Functions().Count(), Is.EqualTo(186));

    [TestCaseSource(nameof(Functions))]
    public async Task Nasty_arguments(string hostNamespace, string name)
    {
        await using var host = new HostileHost();
        HostFunction function = Find(hostNamespace, name);
        LunaticModule module = host.Compile(HostCallModule.Write(hostNamespace, function));
        var random = new Random(5);
        int calls = 0;
        foreach (WasmValue[] arguments in NastyValues.ArgumentsOf(function.Type, random, RandomLists))
        {
            foreach (string entry in (string[])[HostCallModule.Bare, HostCallModule.Prepared])
            {
                ExitReason? reason = host.Run(module, entry, arguments);
                string call = $"{entry} {name}({string.Join(", ", arguments)}): {reason}";
                Assert.That(reason?.Kind, Is.Not.EqualTo(ExitKind.Faulted), call);
                // what a guest does wrong is found by looking, not by an exception of the host that happens to come
                Assert.That(reason?.Exception, Is.Null, call);
                if (++calls % 64 == 0)
                    host.CheckHealth();
            }
        }
    }

    [Test]
    public async Task All_functions_at_once_on_real_workers_do_not_disturb_a_healthy_process()
    {
        using var folder = new TemporaryFolder();
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 2 });
        LunaticEnvironment healthy = runtime.CreateEnvironment();
        LunaticProcess echo = healthy.Spawn(static async context =>
        {
            while (true)
            {
                Message message = await context.ReceiveAsync();
                context.Reply(message, message.Data.ToArray());
            }
        });
        LunaticEnvironment hostile = runtime.CreateEnvironment(new EnvironmentOptions
        {
            StandardInput = Stream.Null,
            StandardOutput = Stream.Null,
            StandardError = Stream.Null,
            MaxMemory = 1 << 20,
            MaxFuelUnits = 20,
            Directories = [new PreopenedDirectory(folder.Path, ".")],
        });
        var random = new Random(6);
        var processes = new List<LunaticProcess>();
        foreach (HostNamespace table in HostNamespaces.All)
        {
            foreach (HostFunction function in table.Functions)
            {
                LunaticModule module = await runtime.CompileAsync(Encoding.UTF8.GetBytes(HostCallModule.Write(table.Name, function)));
                for (int i = 0; i < 20; i++)
                {
                    WasmValue[] arguments = [.. function.Type.Parameters.Select(type => NastyValues.Any(type, random))];
                    processes.Add(await hostile.SpawnAsync(module, i % 2 == 0 ? HostCallModule.Bare : HostCallModule.Prepared, arguments));
                }
            }
            byte[] question = Encoding.UTF8.GetBytes(table.Name);
            Assert.That(await echo.RequestAsync(question, Patience), Is.EqualTo(question));
        }
        await hostile.DisposeAsync();
        Assert.That(processes.Where(process => !process.HasEnded), Is.Empty, "hostile processes that have not ended");
        Assert.That(processes.Select(process => process.Completion.Result).Where(reason => reason.Kind is ExitKind.Faulted || reason.Exception is not null), Is.Empty);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(hostile.ProcessCount, Is.Zero, "processes left behind");
            Assert.That(runtime.GuestMemory.ChargedBytes, Is.Zero, "guest memory left behind");
            Assert.That(runtime.Timers.Count, Is.Zero, "timers left behind");
        }
        Assert.That(await echo.RequestAsync([1], Patience), Is.EqualTo(new byte[] { 1 }));
    }
}
