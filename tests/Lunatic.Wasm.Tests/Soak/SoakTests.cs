using System.Diagnostics;
using System.Globalization;

namespace Lunatic.Wasm.Tests.Soak;

/// <summary>
/// Thousands of fresh random modules, for as long as one likes; not run by default:
/// <c>dotnet test -c Release tests/Lunatic.Wasm.Tests --filter Category=Soak</c>. LUNATIC_SOAK_MINUTES says how long (5), LUNATIC_SOAK_SEED where to begin
/// (by the clock); a failure names the seed that repeats it. Fifty modules are run by default.
/// </summary>
public sealed class SoakTests
{
    private const int Batch = 50;
    private const int MaxFailures = 10;

    // batches take two seeds a module or so, and must not overlap
    private const long SeedsOfBatch = 1_000;

    private static readonly string[] Profiles = ["simd", "core"];

    [Test]
    [CancelAfter(120_000)]
    public void Fresh_modules_behave_the_same_in_every_tier_and_in_random_slices([Values(1_000_000)] long seed)
    {
        List<string> failures = [];
        foreach (string profile in Profiles)
            Run(profile, Batch / Profiles.Length, seed, failures);
        Assert.That(failures, Is.Empty);
    }

    [Test, Explicit("runs for minutes")]
    [Category("Soak")]
    public void Soak()
    {
        double minutes = double.Parse(Environment.GetEnvironmentVariable("LUNATIC_SOAK_MINUTES") ?? "5", CultureInfo.InvariantCulture);
        long seed = long.Parse(Environment.GetEnvironmentVariable("LUNATIC_SOAK_SEED") ?? $"{DateTime.UtcNow.Ticks / SeedsOfBatch % 1_000_000_000 * SeedsOfBatch}", CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        List<string> failures = [];
        int modules = 0;
        long suspensions = 0;
        for (; clock.Elapsed.TotalMinutes < minutes && failures.Count < MaxFailures; seed += SeedsOfBatch)
        {
            foreach (string profile in Profiles)
            {
                suspensions += Run(profile, Batch, seed, failures);
                modules += Batch;
            }
            TestContext.Progress.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {modules} modules, {suspensions} suspensions, {failures.Count} failures, seed {seed}");
        }
        Assert.That(failures, Is.Empty);
    }

    private static long Run(string profile, int count, long seed, List<string> failures)
    {
        using SmithModules modules = SmithModules.Make(profile, count, seed);
        long suspensions = 0;
        int number = 0;
        foreach ((string path, var expected) in modules.All)
        {
            var comparison = new ModuleComparison(path, expected, new Random((int)(seed / SeedsOfBatch * count) + number++));
            try
            {
                comparison.Run();
            }
            catch (Exception exception) when (exception is not IgnoreException)
            {
                failures.Add($"{Path.GetFileName(path)} of smith {profile} {count} OUT {seed} (LUNATIC_SOAK_SEED={seed}): {exception.Message}");
            }
            suspensions += comparison.Suspensions;
        }
        return suspensions;
    }
}
