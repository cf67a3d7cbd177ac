using System.Text;
using Lunatic.Runtime.Testing;
using Lunatic.Runtime.Tests.Wasi;

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>Guests on the deterministic runtime, which the test runs from site to site: every slice ends at the next one.</summary>
internal sealed class SteppedGuests : IAsyncDisposable
{
    private readonly DeterministicRuntime _deterministic;
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();

    public SteppedGuests(
        int seed = 1, bool everySite = true, Action<EnvironmentOptions>? configure = null, ExecutionMode mode = ExecutionMode.Tiered)
    {
        _deterministic = new DeterministicRuntime(new DeterministicOptions { Seed = seed, Runtime = new LunaticRuntimeOptions { ExecutionMode = mode }, AllowOutsideWork = true, VarySlices = false, MaxSteps = int.MaxValue });
        if (mode == ExecutionMode.Tiered)
            Runtime.TierSwitches = () => new Random(seed);
        if (everySite)
            Runtime.SuspendedAtSite = static _ => { };
        var options = new EnvironmentOptions { StandardInput = Stream.Null, StandardOutput = _output, StandardError = _error };
        configure?.Invoke(options);
        Environment = Runtime.CreateEnvironment(options);
    }

    public LunaticRuntime Runtime => _deterministic.Runtime;

    public LunaticEnvironment Environment { get; }

    /// <summary>Slices run so far, those of C# processes among them.</summary>
    public long Slices => _deterministic.Steps;

    public LunaticModule Compile(string text) => LunaticModule.Compile(Encoding.UTF8.GetBytes(text));

    /// <summary>Spawns a guest. Nothing of it runs but a start function, if the module has one.</summary>
    public LunaticProcess Spawn(LunaticModule module, string function = "_start") => _deterministic.Run(Environment.SpawnAsync(module, function));

    /// <summary>Runs a guest to its end, while the clock moves on whenever all wait.</summary>
    public ProgramResult RunToEnd(LunaticModule module, string function = "_start")
    {
        LunaticProcess process = Spawn(module, function);
        while (!process.HasEnded)
        {
            if (!Step())
                throw new AssertionException($"{process} waits for what never comes; it wrote: {Text(_output)} {Text(_error)}");
        }
        RunUntilIdle();
        return new ProgramResult(process.Completion.Result, Text(_output), Text(_error));
    }

    /// <summary>Runs one slice; if all wait, the clock moves to the next timer first.</summary>
    /// <returns>False: all wait, and for no timer.</returns>
    public bool Step()
    {
        while (!_deterministic.RunSlice())
        {
            if (_deterministic.Time.NextDue is not { } due)
                return false;
            _deterministic.Time.Advance(due - _deterministic.Time.Elapsed);
        }
        return true;
    }

    /// <summary>Runs processes until all wait; the clock stands still.</summary>
    public void RunUntilIdle() => _deterministic.RunUntilIdle();

    /// <summary>Runs one slice.</summary>
    public bool RunSlice() => _deterministic.RunSlice();

    /// <summary>Moves the clock, with all that is due until then.</summary>
    public void Advance(TimeSpan time) => _deterministic.Advance(time);

    /// <summary>Kills all processes, and lets them end.</summary>
    public void KillAll()
    {
        foreach (LunaticProcess process in Environment.Processes)
            process.Kill();
        RunUntilIdle();
    }

    public async ValueTask DisposeAsync()
    {
        KillAll();
        await Environment.DisposeAsync();
        await _deterministic.DisposeAsync();
    }

    private static string Text(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray());
}
