using System.Text;
using Lunatic.Runtime.Testing;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.Processes.Abstract;

/// <summary>The Rust guest <c>supervised</c> in virtual time, in the pause in which it sleeps: two counters are registered, the first one was restarted.</summary>
internal sealed class SupervisedGuest : IAsyncDisposable
{
    private readonly MemoryStream _output = new();
    private readonly LunaticProcess _main;

    public SupervisedGuest()
    {
        LunaticModule module = RustGuest.Load("supervised");
        Environment = Deterministic.Runtime.CreateEnvironment(
            new EnvironmentOptions { Arguments = ["supervised"], StandardInput = Stream.Null, StandardOutput = _output, StandardError = Stream.Null });
        _main = Deterministic.Run(Environment.SpawnAsync(module));
        Deterministic.RunUntilIdle();
    }

    public DeterministicRuntime Deterministic { get; } = new(seed: 3);

    public LunaticEnvironment Environment { get; }

    /// <summary>What the guest has printed so far, line by line.</summary>
    public string[] Lines => Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The name under which a counter is registered.</summary>
    public static string NameOf(string counter) => AbstractProcessHandle.RegisteredName("supervised::Counter", counter);

    public AbstractProcessHandle Counter(string name) =>
        new(Environment.FindProcess(NameOf(name)) ?? throw new AssertionException($"{name} is not registered; the guest has printed: {string.Join('\n', Lines)}"));

    /// <summary>Lets the guest go on to its end.</summary>
    public ExitReason Finish()
    {
        Deterministic.Advance(TimeSpan.FromMilliseconds(200));
        return Deterministic.Run(_main.Completion);
    }

    public ValueTask DisposeAsync() => Deterministic.DisposeAsync();
}
