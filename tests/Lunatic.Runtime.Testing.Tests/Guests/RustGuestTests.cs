using System.Text;
using Lunatic.TestSupport;

namespace Lunatic.Runtime.Testing.Tests.Guests;

/// <summary>Whole programs of the Rust crate, with hash maps, supervisors and timers, under a seed.</summary>
internal sealed class RustGuestTests
{
    private static async Task<(string Output, RunTrace Trace)> RunAsync(LunaticModule module, string[] arguments, int seed, ExecutionMode mode)
    {
        using MemoryStream output = new();
        RunTrace trace = await DeterministicRuntime.RunAsync(
            seed,
            async test =>
            {
                LunaticEnvironment environment = test.CreateEnvironment(
                    new EnvironmentOptions { Arguments = arguments, StandardInput = Stream.Null, StandardOutput = output, StandardError = output });
                ExitReason reason = await (await environment.SpawnAsync(module)).Completion;
                if (reason.IsFailure)
                    throw new InvalidOperationException(reason.Message);
            },
            new DeterministicOptions { Runtime = new LunaticRuntimeOptions { ExecutionMode = mode }, TraceCapacity = 1_000_000 });
        return (Encoding.UTF8.GetString(output.ToArray()), trace);
    }

    [TestCase("supervised")]
    [TestCase("counter", "1")]
    [TestCase("actors", "pingpong", "50")]
    [TestCase("actors", "skynet", "100")]
    public async Task The_same_seed_gives_the_same_run_in_all_modes(string guest, params string[] arguments)
    {
        LunaticModule module = DeterministicRuntime.Compile(await File.ReadAllBytesAsync(SharedFolder.Path("guests", $"{guest}.wasm")));
        HashSet<ulong> fingerprints = [];
        for (int seed = 1; seed <= 3; seed++)
        {
            (string output, RunTrace trace) = await RunAsync(module, [guest, .. arguments], seed, ExecutionMode.Interpreted);
            foreach (ExecutionMode mode in Enum.GetValues<ExecutionMode>())
            {
                (string again, RunTrace other) = await RunAsync(module, [guest, .. arguments], seed, mode);
                Assert.That(again, Is.EqualTo(output));
                Assert.That(other.ToString(), Is.EqualTo(trace.ToString()), $"seed {seed}, {mode}");
                Assert.That(other.Fingerprint, Is.EqualTo(trace.Fingerprint), $"fuel with seed {seed}, {mode}");
            }
            fingerprints.Add(trace.Fingerprint);
        }
        Assert.That(fingerprints, Has.Count.EqualTo(3));
    }
}
