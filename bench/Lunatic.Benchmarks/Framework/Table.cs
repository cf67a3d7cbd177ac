using System.Globalization;

namespace Lunatic.Benchmarks.Framework;

/// <summary>Prints rows as a table in Markdown, line by line.</summary>
internal sealed class Table(TextWriter output)
{
    private const string Format = "| {0,-44} | {1,12} | {2,-8} | {3,-24} | {4,6} | {5}";

    public void WriteHead()
    {
        Write("name", "median", "unit", "peer", "ratio", "");
        Write(new string('-', 44), new string('-', 11) + ":", new string('-', 8), new string('-', 24), new string('-', 5) + ":", "");
    }

    public void Write(Row row) => Write(row.Name, Number(row.Median), row.Unit,
        row.Peer is null ? "" : $"{row.Peer} {Number(row.PeerMedian)}", Number(row.Median / row.PeerMedian), row.Note);

    private void Write(params object[] cells) => output.WriteLine(string.Format(CultureInfo.InvariantCulture, Format, cells).TrimEnd());

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString(value switch
    {
        >= 1000 => "N0",
        >= 10 => "F1",
        _ => "F3",
    }, CultureInfo.InvariantCulture);
}
