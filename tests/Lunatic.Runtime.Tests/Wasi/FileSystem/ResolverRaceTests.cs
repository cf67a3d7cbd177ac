using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.FileSystem;

[TestFixture(ResolverKind.Beneath)]
[TestFixture(ResolverKind.Walking)]
internal sealed class ResolverRaceTests(ResolverKind kind)
{
    private const int Rounds = 3_000;

    [Test, CancelAfter(60_000)]
    public void A_directory_swapped_for_a_link_never_leads_out(CancellationToken cancellation)
    {
        using var files = new TemporaryDirectory(kind.Create());
        Directory.CreateDirectory(files.Host("real"));
        File.WriteAllText(files.Host("real/secret"), "inside");
        Directory.CreateDirectory(files.Host("d"));
        File.WriteAllText(files.Host("d/secret"), "inside");
        File.CreateSymbolicLink(files.Host("bad"), "../outside");
        using var done = new CancellationTokenSource();
        // another guest of the same directory: swaps a directory and a link that leads out, again and again
        Task swapper = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    files.Rename("d", "aside");
                    files.Rename("bad", "d");
                    files.Rename("d", "bad");
                    files.Rename("aside", "d");
                }
            },
            cancellation);
        var seen = new HashSet<Errno>();
        int inside = 0;
        for (int round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            Errno error = files.Open("d/secret", true, LinuxFlags.ReadOnly, out string? content);
            if (error == Errno.Success)
            {
                Assert.That(content, Is.EqualTo("inside"));
                inside++;
            }
            seen.Add(error);
            seen.Add(files.Open("real/../d/../d/secret", true, LinuxFlags.ReadOnly, out content));
            Assert.That(content, Is.Not.EqualTo("secret"));
            files.Open("d/created", true, LinuxFlags.Create | LinuxFlags.WriteOnly);
        }
        done.Cancel();
        Assert.That(swapper.Wait(10_000, cancellation), Is.True, "the swapping task did not end");
        Assert.Multiple(() =>
        {
            Assert.That(File.Exists(Path.Combine(files.Outer, "outside", "created")), Is.False);
            Assert.That(inside, Is.Positive);
            Assert.That(seen, Is.SubsetOf(new[] { Errno.Success, Errno.Perm, Errno.NoEnt, Errno.Loop, Errno.NotDir }));
        });
    }

    [Test, CancelAfter(60_000)]
    public void A_directory_moved_up_while_a_path_goes_through_it_never_leads_out(CancellationToken cancellation)
    {
        using var files = new TemporaryDirectory(kind.Create());
        Directory.CreateDirectory(files.Host("a/b/c"));
        using var done = new CancellationTokenSource();
        Task mover = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    files.Rename("a/b/c", "c");
                    files.Rename("c", "a/b/c");
                }
            },
            cancellation);
        for (int round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            Assert.That(files.Open("a/b/c/../../../../secret", true, LinuxFlags.ReadOnly, out string? content), Is.Not.EqualTo(Errno.Success));
            Assert.That(files.Open("a/b/c/../../../secret", true, LinuxFlags.ReadOnly, out content), Is.Not.EqualTo(Errno.Success));
            Assert.That(content, Is.Null);
        }
        done.Cancel();
        Assert.That(mover.Wait(10_000, cancellation), Is.True, "the moving task did not end");
    }
}
