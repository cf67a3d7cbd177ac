using System.Globalization;
using System.Text;
using Lunatic.Runtime;

namespace Lunatic.Cli.Testing;

/// <summary>What the processes of one test wrote, standard output and error together, a part for each process in the order of their first words.</summary>
/// <param name="echo">Where it is written as well, or null.</param>
internal sealed class TestOutput(Stream? echo)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Part> _parts = [];
    private readonly List<long> _order = [];

    /// <summary>Where a process writes to.</summary>
    public Stream Of(ProcessId process)
    {
        lock (_lock)
        {
            if (_parts.TryGetValue(process.LocalId, out Part? part))
                return part;
            _order.Add(process.LocalId);
            return _parts[process.LocalId] = new Part(this);
        }
    }

    /// <summary>What one process wrote.</summary>
    public string TextOf(ProcessId process)
    {
        lock (_lock)
            return _parts.TryGetValue(process.LocalId, out Part? part) ? part.Text : "";
    }

    /// <summary>Everything: as it is where one process wrote, else each part under a line that names the process.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            long[] written = [.. _order.Where(process => _parts[process].Text.Length > 0)];
            return written.Length <= 1
                ? string.Concat(written.Select(process => _parts[process].Text))
                : string.Concat(written.Select(process => string.Create(CultureInfo.InvariantCulture, $" --- process {process} stdout ---\n{WithLineEnd(_parts[process].Text)}")));
        }
    }

    /// <summary>The text with a line end, if there is any text.</summary>
    public static string WithLineEnd(string text) => text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    private sealed class Part(TestOutput owner) : MemoryStream
    {
        private const int MaxBytes = 64 << 20;

        public string Text => Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length);

        // the other ways to write come by here
        public override void Write(byte[] buffer, int offset, int count)
        {
            lock (owner._lock)
            {
                // a test that writes without end must not take the command down
                if (Length + count <= MaxBytes)
                    base.Write(buffer, offset, count);
                owner.Echo(buffer.AsSpan(offset, count));
            }
        }
    }

    private void Echo(ReadOnlySpan<byte> bytes)
    {
        echo?.Write(bytes);
        echo?.Flush();
    }
}
