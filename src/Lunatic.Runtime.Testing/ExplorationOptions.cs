namespace Lunatic.Runtime.Testing;

/// <summary>How seeds are explored.</summary>
public sealed class ExplorationOptions
{
    /// <summary>The first seed; the others follow it. Default: 1.</summary>
    public int FirstSeed { get; set; } = 1;

    /// <summary>How each run works; its seed is replaced. Default: the defaults.</summary>
    public DeterministicOptions Run { get; set; } = new();

    /// <summary>
    /// The environment variable that names a single seed to run instead, to replay a failure. Default: <c>LUNATIC_TEST_SEED</c>.
    /// </summary>
    public string SeedVariable { get; set; } = "LUNATIC_TEST_SEED";

    /// <summary>Whether a seed that failed is run once more, so that the failure says whether it repeats exactly. Default: true.</summary>
    public bool CheckReplay { get; set; } = true;

    internal ExplorationOptions CopyValidated()
    {
        ArgumentNullException.ThrowIfNull(Run);
        ArgumentException.ThrowIfNullOrEmpty(SeedVariable);
        return (ExplorationOptions)MemberwiseClone();
    }
}
