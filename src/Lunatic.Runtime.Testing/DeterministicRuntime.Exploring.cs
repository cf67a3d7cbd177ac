using System.Globalization;

namespace Lunatic.Runtime.Testing;

/// <summary>How a test is run with one seed, or with many.</summary>
public sealed partial class DeterministicRuntime
{
    /// <summary>Runs a test deterministically: its body, too, whose awaits go on among the processes.</summary>
    /// <param name="seed">Determines all that is left to chance.</param>
    /// <param name="test">The test. The runtime is disposed of after it.</param>
    /// <param name="options">How the run works; its seed is replaced.</param>
    /// <returns>The run's trace.</returns>
    /// <exception cref="SeedFailedException">The test failed: the failure is inside.</exception>
    public static async Task<RunTrace> RunAsync(int seed, Func<DeterministicRuntime, Task> test, DeterministicOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(test);
        Outcome outcome = await RunSeedAsync((options ?? new DeterministicOptions()).With(seed), test).ConfigureAwait(false);
        return outcome.Failure is null ? outcome.Trace : throw FailureOf(outcome, ExplorationTextOf(seed), replay: null);
    }

    /// <summary>
    /// Runs a test with many seeds, one after the other, until one fails. If the environment variable <c>LUNATIC_TEST_SEED</c> is set, only that seed is run: so a failure is replayed.
    /// </summary>
    /// <param name="seeds">How many.</param>
    /// <param name="test">The test. It gets a runtime of its own each time, and should share nothing between runs but compiled modules (<see cref="Compile"/>).</param>
    /// <param name="options">How it is explored; null for the defaults.</param>
    /// <exception cref="SeedFailedException">The test failed with a seed: the failure is inside.</exception>
    /// <exception cref="FormatException">The environment variable holds no seed.</exception>
    public static async Task<ExplorationResult> ExploreAsync(int seeds, Func<DeterministicRuntime, Task> test, ExplorationOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seeds);
        ArgumentNullException.ThrowIfNull(test);
        ExplorationOptions how = (options ?? new ExplorationOptions()).CopyValidated();
        int first = how.FirstSeed;
        if (SeedOf(how.SeedVariable) is { } only)
            (first, seeds) = (only, 1);
        HashSet<ulong> distinct = [];
        long steps = 0;
        for (int i = 0; i < seeds; i++)
        {
            int seed = unchecked(first + i);
            Outcome outcome = await RunSeedAsync(how.Run.With(seed), test).ConfigureAwait(false);
            if (outcome.Failure is not null)
            {
                Outcome? replay = how.CheckReplay ? await RunSeedAsync(how.Run.With(seed), test).ConfigureAwait(false) : null;
                throw FailureOf(outcome, $"Seed {seed} fails (run {i + 1} of {seeds}). To replay it, set {how.SeedVariable}={seed}.", replay);
            }
            distinct.Add(outcome.Trace.Fingerprint);
            steps += outcome.Steps;
        }
        return new ExplorationResult(seeds, distinct.Count, steps);
    }

    private static int? SeedOf(string variable) => Environment.GetEnvironmentVariable(variable) switch
    {
        null or "" => null,
        { } text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed) => seed,
        { } text => throw new FormatException($"{variable} is \"{text}\", which is no seed: it takes a whole number of 32 bits."),
    };

    private static async Task<Outcome> RunSeedAsync(DeterministicOptions options, Func<DeterministicRuntime, Task> test)
    {
        var run = new DeterministicRuntime(options);
        await using (run.ConfigureAwait(false))
        {
            Exception? failure = null;
            try
            {
                run.Run(() => test(run));
            }
            catch (Exception exception)
            {
                // whatever it is: it is told with the seed
                failure = exception;
            }
            // what the disposal does is no part of the run
            return new Outcome(run, failure, run.Trace.Frozen(), run.Steps);
        }
    }

    private static string ExplorationTextOf(int seed) => $"The test fails with seed {seed}.";

    private static SeedFailedException FailureOf(Outcome outcome, string what, Outcome? replay)
    {
        int lines = outcome.Run.Options.TraceLinesInFailures;
        string trace = outcome.Trace.ToString();
        IReadOnlyList<string> shown = outcome.Trace.Last(lines);
        string last = shown.Count == 0 ? "" : $"\n\nThe last {shown.Count} of {outcome.Trace.Count} events:\n{string.Join('\n', shown)}";
        Exception failure = outcome.Failure!;
        string text = failure is LunaticException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}";
        return new SeedFailedException($"{what}{TextOf(outcome, replay)}\n\n{text}{last}", outcome.Run.Seed, trace, failure);
    }

    private static string TextOf(Outcome outcome, Outcome? replay)
    {
        if (replay is null || replay.Trace.Fingerprint == outcome.Trace.Fingerprint)
            return "";
        string[] first = [.. outcome.Trace.Last(int.MaxValue)];
        string[] second = [.. replay.Trace.Last(int.MaxValue)];
        int same = first.Zip(second).TakeWhile(static pair => pair.First == pair.Second).Count();
        return "\nBUT IT IS NOT REPEATED EXACTLY: something in the test does not follow from the seed (Random.Shared, Guid.NewGuid, the real clock, static state, hash codes of strings …). The second run differs from event "
            + $"{same + 1} of those that are kept:\n  first:  {At(first, same)}\n  second: {At(second, same)}";
    }

    private static string At(string[] lines, int index) => index < lines.Length ? lines[index] : "(nothing more)";

    private sealed record Outcome(DeterministicRuntime Run, Exception? Failure, RunTrace Trace, long Steps);
}
