namespace Lunatic.Runtime.Testing;

/// <summary>Faults at points that the seed draws. All probabilities are from 0 (the default: never) to 1 (each time).</summary>
public sealed class RandomFaults
{
    /// <summary>How probable it is that a process is killed, at the beginning of each of its slices.</summary>
    public double Kill { get; set; }

    /// <summary>How probable it is that a message is lost. Its sender is told that it was sent.</summary>
    public double Drop { get; set; }

    /// <summary>How probable it is that a message is delivered later.</summary>
    public double Delay { get; set; }

    /// <summary>How much later at most; each time is drawn, in whole milliseconds from 1. Default: 1 second.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How probable it is that a guest is refused memory, each time that it asks for some.</summary>
    public double RefuseMemory { get; set; }

    /// <summary>Whom faults may happen to: who is killed or refused memory, who would receive the message. Default: all processes. Probes are spared always.</summary>
    public ProcessFilter Processes { get; set; } = ProcessFilter.Any;

    /// <summary>Most faults in a run. Default: no limit.</summary>
    public int MaxFaults { get; set; } = int.MaxValue;

    internal RandomFaults CopyValidated()
    {
        Check(Kill, nameof(Kill));
        Check(Drop, nameof(Drop));
        Check(Delay, nameof(Delay));
        Check(RefuseMemory, nameof(RefuseMemory));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, TimeSpan.FromMilliseconds(1), nameof(MaxDelay));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDelay, TimeSpan.FromMilliseconds(int.MaxValue), nameof(MaxDelay));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxFaults);
        return (RandomFaults)MemberwiseClone();
    }

    private static void Check(double probability, string name)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(name, probability, "A probability is from 0 to 1.");
    }
}
