namespace Lunatic.Benchmarks.Framework;

/// <summary>A line of the table: our median and, where there is one, a peer's in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Median">Our median; not a number when there is only a note.</param>
/// <param name="Unit">Its unit; times per operation, so that less is better, unless it ends in "/s".</param>
/// <param name="Peer">The peer's name; null without one.</param>
/// <param name="PeerMedian">The peer's median in the same unit.</param>
/// <param name="Note">Anything to add, such as why something was skipped.</param>
internal sealed record Row(string Name, double Median, string Unit, string? Peer = null, double PeerMedian = double.NaN, string Note = "")
{
    public bool HasFailed { get; private init; }

    public static Row Skipped(string name, string reason) => new(name, double.NaN, "", Note: "skipped: " + reason);

    public static Row Failed(string name, string reason) => new(name, double.NaN, "", Note: "failed: " + reason.ReplaceLineEndings(" ")) { HasFailed = true };
}
