using System.Text;
using Lunatic.Runtime.Testing;
using Lunatic.Runtime.Tests.Guests;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>
/// A deterministic runtime with a healthy process that answers requests, and an environment for hostile guests. At the end nothing of those is left.
/// </summary>
internal sealed class HostileHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LunaticEnvironment _healthy;
    private readonly LunaticProcess _echo;
    private int _questions;

    public HostileHost(Action<EnvironmentOptions>? configure = null)
    {
        _healthy = Deterministic.Runtime.CreateEnvironment();
        _echo = _healthy.Spawn(async context =>
        {
            while (true)
            {
                Message message = await context.ReceiveAsync();
                context.Reply(message, message.Data.ToArray());
            }
        });
        var options = new EnvironmentOptions
        {
            StandardInput = Stream.Null,
            StandardOutput = Stream.Null,
            StandardError = Stream.Null,
            MaxMemory = 1 << 20,
            MaxFuelUnits = 20,
            MaxProcesses = 1000,
            Directories = [new PreopenedDirectory(_folder.Path, ".")],
        };
        configure?.Invoke(options);
        Hostile = Deterministic.Runtime.CreateEnvironment(options);
    }

    public DeterministicRuntime Deterministic { get; } = new(new DeterministicOptions { Seed = 11, Runtime = new LunaticRuntimeOptions { SliceFuel = 10_000 }, AllowOutsideWork = true, MaxSteps = int.MaxValue });

    public LunaticEnvironment Hostile { get; }

    public LunaticModule Compile(string text) => Deterministic.Run(Deterministic.Runtime.CompileAsync(Encoding.UTF8.GetBytes(text)));

    /// <summary>Runs a function as a process until it ends or only waits; one that waits is killed.</summary>
    /// <returns>How it ended by itself; null: it waited.</returns>
    public ExitReason? Run(LunaticModule module, string function, params WasmValue[] arguments)
    {
        LunaticProcess process = Deterministic.Run(Hostile.SpawnAsync(module, function, arguments));
        Deterministic.RunUntilIdle();
        bool ended = process.Completion.IsCompleted;
        if (!ended)
        {
            process.Kill();
            Deterministic.RunUntilIdle();
        }
        Assert.That(process.Completion.IsCompleted, $"{process} has not ended although it was killed");
        ExitReason reason = process.Completion.GetAwaiter().GetResult();
        return ended ? reason : null;
    }

    /// <summary>The healthy process answers, and nothing of the hostile ones is there any more.</summary>
    public void CheckHealth()
    {
        byte[] question = BitConverter.GetBytes(++_questions);
        Assert.That(Deterministic.Run(_echo.RequestAsync(question, TimeSpan.FromSeconds(1))), Is.EqualTo(question), "the healthy process's answer");
        foreach (LunaticProcess child in Hostile.Processes)
            child.Kill();
        Deterministic.RunUntilIdle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Hostile.ProcessCount, Is.Zero, "processes left behind");
            Assert.That(Deterministic.Runtime.GuestMemory.ChargedBytes, Is.Zero, "guest memory left behind");
        }
    }

    public async ValueTask DisposeAsync()
    {
        CheckHealth();
        await DisposeAsync(Hostile);
        Assert.That(Deterministic.Runtime.Timers.Count, Is.Zero, "timers left behind by an environment that is gone");
        await Deterministic.DisposeAsync();
        _folder.Dispose();
    }

    private async Task DisposeAsync(LunaticEnvironment environment)
    {
        Task disposal = environment.DisposeAsync().AsTask();
        Deterministic.Run(disposal);
        await disposal;
    }
}
