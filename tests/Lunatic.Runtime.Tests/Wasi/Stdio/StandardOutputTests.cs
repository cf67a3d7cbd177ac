using System.Text;
using Lunatic.Runtime.Wasi.Stdio;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.Stdio;

internal sealed class StandardOutputTests
{
    [Test]
    public void Writes_of_several_processes_are_not_torn()
    {
        using var stream = new OneByteStream();
        Parallel.For(0, 4, writer =>
        {
            byte[] line = Encoding.ASCII.GetBytes(new string((char)('a' + writer), 50) + "\n");
            for (int round = 0; round < 200; round++)
                StandardOutput.Over(stream).Write(line);
        });
        string[] lines = Encoding.ASCII.GetString(stream.ToArray()).TrimEnd().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(800));
        Assert.That(lines, Has.All.Matches<string>(line => line.Length == 50 && line.Distinct().Count() == 1));
    }

    [Test]
    public void A_closed_stream_is_a_broken_pipe_and_a_failing_one_an_error()
    {
        var closed = new MemoryStream();
        closed.Dispose();
        Assert.That(StandardOutput.Over(closed).Write("x"u8), Is.EqualTo(Errno.Pipe));
        using var failing = new FailingStream();
        Assert.That(StandardOutput.Over(failing).Write("x"u8), Is.EqualTo(Errno.Io));
    }

    // writes byte by byte, so that two writers at once would mix
    private sealed class OneByteStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            foreach (byte value in buffer)
            {
                WriteByte(value);
                if (value % 16 == 0)
                    Thread.Yield();
            }
        }
    }

    private sealed class FailingStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("disk full");
    }
}
