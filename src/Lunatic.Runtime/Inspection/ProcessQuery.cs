namespace Lunatic.Runtime.Inspection;

/// <summary>Which processes are asked for, and in which order (<see cref="LunaticRuntime.GetProcesses"/>).</summary>
public sealed record ProcessQuery
{
    /// <summary>The most that <see cref="Take"/> may ask for.</summary>
    public const int MaxTake = 1000;

    /// <summary>
    /// What is looked for: an id, or the number in it, as a whole; a part of a name, module, function or environment, in whatever case. Default: null, everything.
    /// </summary>
    public string? Search { get; init; }

    /// <summary>The process whose children are asked for. Default: null, all processes.</summary>
    public ProcessId? Parent { get; init; }

    /// <summary>What they are ordered by. Default: their ids.</summary>
    public ProcessOrder OrderBy { get; init; }

    /// <summary>Whether the greatest come first. Default: false.</summary>
    public bool Descending { get; init; }

    /// <summary>How many to leave out at the beginning. Default: 0.</summary>
    public int Skip { get; init => field = NotNegative(value); }

    /// <summary>How many to give, at most <see cref="MaxTake"/>. Default: 50.</summary>
    public int Take { get; init => field = NotAbove(NotNegative(value)); } = 50;

    private static int NotNegative(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }

    private static int NotAbove(int value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxTake);
        return value;
    }
}
