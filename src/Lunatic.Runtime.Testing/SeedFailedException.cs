namespace Lunatic.Runtime.Testing;

/// <summary>A test failed with a seed. The text says how, how to replay it, and what happened last; the failure itself is inside.</summary>
public sealed class SeedFailedException : LunaticException
{
    internal SeedFailedException(string message, int seed, string trace, Exception failure)
        : base(message, failure) => (Seed, Trace) = (seed, trace);

    /// <summary>The seed, which repeats the failure.</summary>
    public int Seed { get; }

    /// <summary>All events of the run that were kept, a line each.</summary>
    public string Trace { get; }
}
