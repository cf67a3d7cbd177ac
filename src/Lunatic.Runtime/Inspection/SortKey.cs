using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Inspection;

/// <summary>What a process is ordered by: a text or a number, then its id.</summary>
internal readonly record struct SortKey(string? Text, long Number, ProcessBase Process)
{
    internal static SortKey Of(ProcessBase process, ProcessOrder order) => order switch
    {
        ProcessOrder.Id => new(null, 0, process),
        ProcessOrder.Name => new(process.FirstName, 0, process),
        ProcessOrder.Environment => new(process.Environment.Name, 0, process),
        ProcessOrder.Kind => new(null, (long)process.Kind, process),
        ProcessOrder.State => new(null, (long)process.State, process),
        ProcessOrder.Module => new(process.ModuleName ?? process.FunctionName, 0, process),
        ProcessOrder.Parent => new(null, process.Parent?.LocalId ?? 0, process),
        ProcessOrder.QueuedMessages => new(null, process.QueuedMessages, process),
        ProcessOrder.DeliveredMessages => new(null, process.LastArrival, process),
        ProcessOrder.MemoryBytes => new(null, process.MemoryBytes, process),
        ProcessOrder.FuelUsed => new(null, process.FuelUsed, process),
        ProcessOrder.Links => new(null, process.Relations?.LinkCount ?? 0, process),
        ProcessOrder.StartedAt => new(null, process.StartedAfter, process),
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Not an order."),
    };

    internal static int Compare(in SortKey left, in SortKey right)
    {
        int order = left.Number.CompareTo(right.Number);
        if (order == 0)
            order = CompareTexts(left.Text, right.Text);
        if (order == 0)
            order = left.Process.Environment.Id.CompareTo(right.Process.Environment.Id);
        return order == 0 ? left.Process.LocalId.CompareTo(right.Process.LocalId) : order;
    }

    // What has no name comes behind what has one.
    private static int CompareTexts(string? left, string? right)
    {
        if (ReferenceEquals(left, right))
            return 0;
        if (left is null || right is null)
            return left is null ? 1 : -1;
        return string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
    }
}
