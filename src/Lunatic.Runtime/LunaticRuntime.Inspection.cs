using System.Collections.Immutable;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime;

/// <summary>How the processes of a runtime are looked at.</summary>
public sealed partial class LunaticRuntime
{
    /// <summary>
    /// Looks processes up, for a table of them. Reads every process once and disturbs none; only those that are given are described, so that it can be asked of 100,000 processes every
    /// few seconds.
    /// </summary>
    /// <param name="query">Which, in which order.</param>
    /// <exception cref="ArgumentException">The order is none.</exception>
    public ProcessPage GetProcesses(ProcessQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!Enum.IsDefined(query.OrderBy))
            throw new ArgumentOutOfRangeException(nameof(query), query.OrderBy, "Not an order.");
        var filter = new ProcessFilter(query);
        var first = new FirstKeys((int)Math.Min((long)query.Skip + query.Take, int.MaxValue), query.Descending);
        try
        {
            int total = 0, matching = 0;
            foreach (ProcessBase process in LiveProcesses)
            {
                total++;
                if (!filter.Matches(process))
                    continue;
                matching++;
                first.Add(SortKey.Of(process, query.OrderBy));
            }
            return new ProcessPage(total, matching, Describe(first.Sort(), query.Skip));
        }
        finally
        {
            first.Dispose();
        }
    }

    /// <summary>Counts the processes by state and kind. Reads every process once and disturbs none: a few milliseconds for 100,000.</summary>
    public ProcessCensus CountProcesses()
    {
        Span<int> states = stackalloc int[(int)ProcessState.Ended + 1], kinds = stackalloc int[(int)ProcessKind.Supervisor + 1];
        long messages = 0;
        foreach (ProcessBase process in LiveProcesses)
        {
            states[(int)process.State]++;
            kinds[(int)process.Kind]++;
            messages += process.QueuedMessages;
        }
        return new ProcessCensus(
            states[(int)ProcessState.Running], states[(int)ProcessState.Ready], states[(int)ProcessState.Receiving], states[(int)ProcessState.Sleeping], states[(int)ProcessState.Waiting],
            kinds[(int)ProcessKind.Guest], kinds[(int)ProcessKind.Native], kinds[(int)ProcessKind.Supervisor], messages);
    }

    // of the environments that are there now
    private IEnumerable<ProcessBase> LiveProcesses => Environments.SelectMany(static environment => environment.LiveProcesses);

    /// <summary>The time of day at some milliseconds of the runtime.</summary>
    internal DateTimeOffset TimeAt(long milliseconds) => TimeProvider.GetUtcNow() - TimeSpan.FromMilliseconds(Timers.Now - milliseconds);

    private static ImmutableArray<ProcessSnapshot> Describe(ReadOnlySpan<SortKey> keys, int skip)
    {
        if (skip >= keys.Length)
            return [];
        var page = ImmutableArray.CreateBuilder<ProcessSnapshot>(keys.Length - skip);
        foreach (ref readonly SortKey key in keys[skip..])
            page.Add(key.Process.GetSnapshot());
        return page.MoveToImmutable();
    }
}
