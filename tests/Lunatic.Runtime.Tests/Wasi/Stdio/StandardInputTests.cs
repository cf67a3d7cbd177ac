using System.Text;
using Lunatic.Runtime.Wasi.Stdio;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.Stdio;

internal sealed class StandardInputTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public void What_comes_is_read_in_order_up_to_the_end()
    {
        using var stream = new MemoryStream("hello world"u8.ToArray());
        var input = StandardInput.Over(stream);
        byte[] buffer = new byte[6];
        var text = new StringBuilder();
        while (true)
        {
            Errno error = input.TryRead(buffer, out int count);
            if (error == Errno.Again)
            {
                Wait(input);
                continue;
            }
            Assert.That(error, Is.EqualTo(Errno.Success));
            if (count == 0)
                break;
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        Assert.That(text.ToString(), Is.EqualTo("hello world"));
        Assert.That(input.IsReady, Is.True);
    }

    [Test]
    public void Nothing_is_read_from_the_stream_before_a_guest_asks()
    {
        using var stream = new MemoryStream("hello"u8.ToArray());
        Assert.That(StandardInput.Over(stream).TryRead(new byte[1], out _), Is.EqualTo(Errno.Again));
        Assert.That(stream.Position, Is.Zero);
    }

    [Test]
    public void All_that_wait_are_told()
    {
        using var stream = new MemoryStream("x"u8.ToArray());
        var input = StandardInput.Over(stream);
        using var told = new CountdownEvent(3);
        // a delegate each: equal ones count once
        foreach (Waiter waiter in new[] { new Waiter(told), new Waiter(told), new Waiter(told) })
            input.WhenReady(waiter.Tell, RunReader);
        Assert.That(told.Wait(Patience), Is.True, $"{told.CurrentCount} of 3 were not told");
    }

    [Test]
    public void A_failing_stream_is_told_once_per_read()
    {
        using var stream = new FailingStream();
        var input = StandardInput.Over(stream);
        Wait(input);
        Assert.That(input.TryRead(new byte[1], out _), Is.EqualTo(Errno.Io));
        Assert.That(input.TryRead(new byte[1], out _), Is.EqualTo(Errno.Again));
    }

    private static void RunReader(Action read) => Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Wait(StandardInput input)
    {
        using var ready = new ManualResetEventSlim();
        input.WhenReady(ready.Set, RunReader);
        Assert.That(ready.Wait(Patience), Is.True, "the input did not become ready");
    }

    [Test]
    public void Who_waits_no_more_is_not_told()
    {
        using var stream = new GatedStream();
        var input = StandardInput.Over(stream);
        using var told = new CountdownEvent(2);
        var forgotten = new Waiter(told);
        using var ready = new ManualResetEventSlim();
        input.WhenReady(forgotten.Tell, RunReader);
        input.WhenReady(ready.Set, RunReader);
        input.Forget(forgotten.Tell);
        stream.Gate.Set();
        Assert.That(ready.Wait(Patience), Is.True, "the input did not become ready");
        Assert.That(told.CurrentCount, Is.EqualTo(2));
    }

    private sealed class Waiter(CountdownEvent told)
    {
        public void Tell() => told.Signal();
    }

    private sealed class GatedStream : MemoryStream
    {
        public ManualResetEventSlim Gate { get; } = new();

        public override int Read(byte[] buffer, int offset, int count) =>
            Gate.Wait(Patience) ? 0 : throw new IOException("was never opened");
    }

    private sealed class FailingStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("gone");
    }
}
